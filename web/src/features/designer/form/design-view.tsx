import { Button } from '@mantine/core';
import { useState } from 'react';
import { itemAt, itemWords } from '@/lib/definition';
import { Dialog } from '@/ui/dialog';
import shell from '../designer.module.css';
import { Panel } from '../panel';
import { Canvas } from './canvas';
import { Carry } from './carrying';
import css from './form.module.css';
import { Outline } from './outline';
import { Palette } from './palette';
import { ChosenSettings, ChosenTitle } from './settings';
import { ActsProvider, DesignProvider, type Removal, useDesign, useFormDesign } from './use-design';

/** The form as it is built: what there is, the form, and the settings of what is chosen. */
export function DesignView() {
  const design = useDesign();
  const { removal } = design;
  return (
    <DesignProvider value={design}>
      <ActsProvider value={design.acts}>
        <Carry>
          <div className={`${shell.body} ${css.body}`}>
            <Panel side="left" label="Fields">
              <Left />
            </Panel>
            <Canvas />
            <Panel side="right" label="Settings" title={<ChosenTitle />} open>
              <ChosenSettings />
            </Panel>
          </div>
        </Carry>
        <div role="status" aria-live="assertive" className="hs-visually-hidden">
          {design.said}
        </div>
        {removal && <RemoveDialog removal={removal} />}
      </ActsProvider>
    </DesignProvider>
  );
}

/** What can be added, and the form as a list: on a narrow screen they fold away. */
function Left() {
  const [outline, setOutline] = useState(false);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons of which one is pressed */}
      <div role="group" aria-label="Beside the form" className={css.switch}>
        <button type="button" aria-pressed={!outline} onClick={() => setOutline(false)}>
          Add
        </button>
        <button type="button" aria-pressed={outline} onClick={() => setOutline(true)}>
          Outline
        </button>
      </div>
      {outline ? <Outline /> : <Palette />}
    </>
  );
}

/** Before something goes that the definition speaks of: where it does. */
function RemoveDialog({ removal: { path, scope, uses } }: { removal: Removal }) {
  const { doc, layout, keep, acts } = useFormDesign();
  const item = itemAt(layout, path);
  const name = item ? itemWords(doc, item) : '';
  return (
    <Dialog title={`Remove ${name}?`} onClose={keep}>
      <div className={shell.dialog}>
        {uses.map(({ field, uses: places }) => (
          <div key={field.name}>
            <p>“{field.label || field.name}” is used by</p>
            <ul className={css.uses}>
              {places.map((place) => (
                <li key={place}>{place}</li>
              ))}
            </ul>
          </div>
        ))}
        <p>These stay as they are and have to be mended before you can publish. Undo brings everything back.</p>
        <div className={shell.buttons}>
          <Button variant="default" onClick={keep} data-autofocus>
            Keep it
          </Button>
          <Button color="red" onClick={() => acts.remove(path, scope, true)}>
            Remove
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
