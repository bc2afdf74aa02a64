import { Card } from '@/ui/card';
import { Page } from '@/ui/page';
import { AmountsKit, PeopleKit, StatusKit, TimeKit } from './kit-data';
import { ChartsKit, FlowKit } from './kit-drawings';
import classes from './kit-page.module.css';
import { RulesKit } from './kit-rules';
import { ActsKit, StatesKit } from './kit-states';
import { ColourKit, ShapeKit, TypeKit } from './kit-tokens';

const parts: [title: string, Part: () => React.ReactNode][] = [
  ['Colours', ColourKit],
  ['Type', TypeKit],
  ['Distances and corners', ShapeKit],
  ['Status', StatusKit],
  ['Time', TimeKit],
  ['People', PeopleKit],
  ['Amounts', AmountsKit],
  ['What can be done', ActsKit],
  ['Waiting, nothing, failing', StatesKit],
  ['Rules', RulesKit],
  ['Charts', ChartsKit],
  ['The path of a workflow', FlowKit],
];

/** The design language as it is in the running product: every part in its states, in the colours of the reader. */
export function KitPage() {
  return (
    <Page title="Kit" width="wide" lead="Every part of the screens in its states, as the product draws them.">
      <div className={classes.cards}>
        {parts.map(([title, Part]) => (
          <Card key={title} title={title}>
            <Part />
          </Card>
        ))}
      </div>
    </Page>
  );
}
