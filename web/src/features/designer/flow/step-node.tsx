import { Tooltip } from '@mantine/core';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { icons, kinds } from '@/components/flow-graph/flow-node';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowRight,
  IconCircleCheck,
  IconCircleX,
  IconSettings,
  IconUsers,
  IconX,
} from '@/ui/icons';
import type { StepLook } from './adapter';
import classes from './flow.module.css';
import { usePull } from './pull';

export type StepNodeType = Node<{ look: StepLook; stop: boolean }, 'step'>;

function iconOf({ type, vote, target }: StepLook) {
  if (type === 'end' && target === 'approved') return IconCircleCheck;
  if (type === 'end' && target === 'rejected') return IconCircleX;
  return vote ? IconUsers : (icons[type] ?? IconSettings);
}

/** One step on the canvas. What the eye reads from place, colour and mark is said in words for the ear. */
export const StepNode = memo(function StepNode({ data: { look, stop }, selected }: NodeProps<StepNodeType>) {
  const Icon = iconOf(look);
  const said = [
    kinds[look.type] ?? 'runs by itself',
    look.vote && 'several people decide',
    look.leads ? `leads to ${look.leads}` : look.type !== 'end' && 'leads nowhere yet',
    look.quiet,
    ...look.problems,
  ].filter(Boolean);
  return (
    <>
      <button
        type="button"
        className={classes.node}
        data-step={look.id}
        data-type={look.type}
        data-outcome={look.target || undefined}
        aria-pressed={selected}
        tabIndex={stop ? 0 : -1}
      >
        <span className={classes.icon} aria-hidden>
          <Icon size={16} stroke={1.8} />
        </span>
        <span className={classes.words}>
          <span className={classes.name} data-single={look.about ? '' : undefined} title={look.name}>
            {look.name}
          </span>
          {look.about && (
            <span className={classes.about} title={look.about}>
              {look.about}
            </span>
          )}
          <span className="hs-visually-hidden">{said.join('; ')}</span>
        </span>
        {look.quiet && (
          <Tooltip label={`${look.quiet}: no arrow needed.`} openDelay={300}>
            <span className={classes.quiet} aria-hidden>
              {look.quiet.includes('Reject') && <IconX size={13} />}
              <IconArrowBackUp size={13} />
            </span>
          </Tooltip>
        )}
        {look.problems.length > 0 && (
          <Tooltip multiline maw={320} label={look.problems.map((text) => <div key={text}>{text}</div>)}>
            <span className={classes.problems}>
              <IconAlertTriangle size={12} aria-hidden />
              {look.problems.length}
              <span className="hs-visually-hidden">{look.problems.length === 1 ? ' problem' : ' problems'}</span>
            </span>
          </Tooltip>
        )}
      </button>
      {look.type !== 'end' && <Handles id={look.id} name={look.name} />}
    </>
  );
});

/** Where an arrow is drawn from. By keyboard it is the key c on the step. */
function Handles({ id, name }: { id: string; name: string }) {
  const pull = usePull();
  return (['bottom', 'right'] as const).map((side) => (
    <span
      key={side}
      className={`${classes.handle} nodrag nopan`}
      data-side={side}
      data-handle={id}
      title={`Drag to the step that follows ${name}, or click to choose it`}
      aria-hidden
      onPointerDown={(event) => pull(event, { from: id })}
    >
      <span>
        <IconArrowRight size={12} stroke={2.4} />
      </span>
    </span>
  ));
}
