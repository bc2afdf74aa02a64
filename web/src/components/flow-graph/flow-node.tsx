import {
  IconAlertTriangle,
  IconArrowRampRight,
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconCheck,
  IconClock,
  IconFlag,
  IconListDetails,
  IconPlayerPlay,
  IconSettings,
  IconUser,
} from '@/ui/icons';
import { changeWords, type FlowMark, stateWords } from './flow';
import classes from './flow-graph.module.css';
import type { Node } from './layout';

/** The icon of each type of step, here and where flows are drawn. */
export const icons: Record<string, typeof IconUser> = {
  start: IconPlayerPlay,
  task: IconUser,
  condition: IconArrowRampRight,
  fork: IconArrowsSplit2,
  join: IconArrowsJoin2,
  delay: IconClock,
  workflow: IconListDetails,
  end: IconFlag,
};
export const kinds: Record<string, string> = {
  start: 'start',
  task: 'people decide',
  condition: 'decides by itself',
  fork: 'goes several ways at once',
  join: 'waits for the branches',
  delay: 'waits',
  workflow: 'starts other requests',
  end: 'end',
};

type FlowNodeProps = {
  node: Node;
  mark: FlowMark | undefined;
  leads: string;
  selected: boolean;
  /** Whether Tab stops here; the arrow keys go on. */
  stop: boolean;
  onSelect: ((step: string) => void) | undefined;
};

/** One step of the graph. What the eye reads from place and colour is said in words for the ear. */
export function FlowNode({ node, mark, leads, selected, stop, onSelect }: FlowNodeProps) {
  const { step, x, y, width, height } = node;
  const look = {
    className: classes.node,
    'data-type': step.type,
    'data-state': mark?.state,
    'data-change': mark?.change,
    'data-heat': mark?.heat ? '' : undefined,
    style: {
      left: x,
      top: y,
      width,
      height,
      '--heat': `${Math.round((mark?.heat ?? 0) * 100)}%`,
    } as React.CSSProperties,
    title: [step.name, step.about].filter(Boolean).join(': '),
  };
  const inside = <Inside node={node} mark={mark} leads={leads} />;
  return (
    <li aria-current={mark?.state === 'here' ? 'step' : undefined}>
      {onSelect ? (
        <button
          type="button"
          {...look}
          data-step={step.id}
          aria-pressed={selected}
          tabIndex={stop ? 0 : -1}
          onClick={() => onSelect(step.id)}
        >
          {inside}
        </button>
      ) : (
        <div {...look}>{inside}</div>
      )}
    </li>
  );
}

function Inside({ node: { step }, mark, leads }: Pick<FlowNodeProps, 'node' | 'mark' | 'leads'>) {
  const Icon = iconOf(step.type, mark);
  const said = [
    kinds[step.type] ?? 'runs by itself',
    mark?.state && stateWords[mark.state],
    mark?.change && changeWords[mark.change],
    leads && `leads to ${leads}`,
  ];
  return (
    <>
      <span className={classes.icon} aria-hidden>
        <Icon size={15} stroke={1.9} />
      </span>
      <span className={classes.words}>
        <span className={classes.name} data-single={step.about ? '' : undefined}>
          {step.name}
        </span>
        {step.about && <span className={classes.about}>{step.about}</span>}
        <span className="hs-visually-hidden">{said.filter(Boolean).join('; ')}</span>
      </span>
      {mark?.count !== undefined && mark.count > 0 && (
        <span className={classes.count} title={mark.noun && `${mark.count} ${mark.noun}`}>
          {mark.count > 999 ? '999+' : mark.count}
          <span className="hs-visually-hidden"> {mark.noun}</span>
        </span>
      )}
    </>
  );
}

function iconOf(type: string, mark: FlowMark | undefined) {
  if (mark?.state === 'been') return IconCheck;
  if (mark?.state === 'stopped') return IconAlertTriangle;
  return icons[type] ?? IconSettings;
}
