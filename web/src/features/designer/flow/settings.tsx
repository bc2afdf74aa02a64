import { ActionIcon, Button } from '@mantine/core';
import { type Alignment, stepOf, transitionOf } from '@/lib/definition';
import {
  IconCopy,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconTrash,
} from '@/ui/icons';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { WorkflowSettings } from '../settings/workflow-settings';
import classes from './flow.module.css';
import { StepSettings } from './step-settings';
import { TransitionSettings } from './transition-settings';
import { useActs, useFlow } from './use-flow';

/** The settings of what is chosen: steps, an arrow, or the workflow itself. */
export function Settings() {
  const { doc, selection } = useEditor();
  const { chosen } = useFlow();
  if (selection.kind === 'transition' && transitionOf(doc, selection.step, selection.id)) {
    return <TransitionSettings step={selection.step} id={selection.id} />;
  }
  if (chosen.length > 1) return <SeveralSettings count={chosen.length} />;
  const step = chosen[0] === undefined ? undefined : stepOf(doc, chosen[0]);
  return step ? <StepSettings step={step} /> : <WorkflowSettings />;
}

const ways: { how: Alignment; label: string; icon: typeof IconCopy }[] = [
  { how: 'left', label: 'Left edges in line', icon: IconLayoutAlignLeft },
  { how: 'centre', label: 'Centres below each other', icon: IconLayoutAlignCenter },
  { how: 'right', label: 'Right edges in line', icon: IconLayoutAlignRight },
  { how: 'top', label: 'Upper edges in line', icon: IconLayoutAlignTop },
  { how: 'middle', label: 'Middles beside each other', icon: IconLayoutAlignMiddle },
  { how: 'bottom', label: 'Lower edges in line', icon: IconLayoutAlignBottom },
];

function SeveralSettings({ count }: { count: number }) {
  const acts = useActs();
  return (
    <div className={page.settings}>
      <p className={page.hint}>What you move, copy or delete now is done with all of them.</p>
      <fieldset className={classes.grid} aria-label="Put in line">
        {ways.map(({ how, label, icon: Icon }) => (
          <ActionIcon
            key={how}
            variant="default"
            size={36}
            aria-label={label}
            title={label}
            onClick={() => acts.align(how)}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        ))}
        {count > 2 &&
          (
            [
              ['x', 'Even gaps sideways', IconLayoutDistributeVertical],
              ['y', 'Even gaps downwards', IconLayoutDistributeHorizontal],
            ] as const
          ).map(([axis, label, Icon]) => (
            <ActionIcon
              key={axis}
              variant="default"
              size={36}
              aria-label={label}
              title={label}
              onClick={() => acts.distribute(axis)}
            >
              <Icon size={18} aria-hidden />
            </ActionIcon>
          ))}
      </fieldset>
      <Ending />
    </div>
  );
}

/** What can be done with steps as a whole. */
export function Ending({ start = false }: { start?: boolean }) {
  const acts = useActs();
  if (start) return null;
  return (
    <div className={classes.ending}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={15} aria-hidden />}
        onClick={() => acts.duplicate()}
      >
        Duplicate
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => acts.remove()}
      >
        Delete
      </Button>
    </div>
  );
}
