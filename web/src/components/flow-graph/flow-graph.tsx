import { useLayoutEffect, useMemo, useRef } from 'react';
import type { FlowMark, FlowStep, FlowTransition } from './flow';
import classes from './flow-graph.module.css';
import { FlowNode } from './flow-node';
import { type Drawing, layOut } from './layout';
import { type Direction, lineOf } from './measure';
import { useWalk } from './walk';

export type FlowGraphProps = {
  /** What the graph is of: "Steps of Leave application". */
  label: string;
  steps: FlowStep[];
  transitions: FlowTransition[];
  /** What is known of steps, by their id: a run's state, how many wait there. */
  marks?: Record<string, FlowMark>;
  selected?: string;
  /** With it the steps are buttons: Tab enters the graph, the arrow keys walk it. */
  onSelect?: (step: string) => void;
  direction?: Direction;
  /** Without frame and background, where a card around it has them. */
  bare?: boolean;
};

/**
 * Steps and how they lead to each other, as a drawing. The steps are a list in reading order, each
 * saying its state and where it leads, so the drawing is its own text alternative.
 */
export function FlowGraph(props: FlowGraphProps) {
  const { label, steps, transitions, marks, selected, onSelect, direction = 'down', bare = false } = props;
  const drawing = useMemo(() => layOut(steps, transitions, direction), [steps, transitions, direction]);
  const walk = useWalk(drawing, selected);
  const frame = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // What is wider than its frame begins where the start is.
    const start = drawing.nodes[0];
    if (frame.current && start)
      frame.current.scrollLeft = start.x + start.width / 2 + 20 - frame.current.clientWidth / 2;
  }, [drawing]);
  const run = Object.values(marks ?? {}).some((mark) => mark.state);
  return (
    <section
      ref={frame}
      className={classes.frame}
      data-bare={bare || undefined}
      data-run={run || undefined}
      aria-label={label}
      // What scrolls must be reachable by keyboard, here without buttons in it
      tabIndex={onSelect ? undefined : 0}
    >
      <div className={classes.room}>
        <div className={classes.canvas} style={{ width: drawing.width, height: drawing.height }}>
          <Lines drawing={drawing} direction={direction} />
          <ol className={classes.steps} onKeyDown={walk.onKeyDown} ref={walk.list}>
            {walk.order.map((node) => (
              <FlowNode
                key={node.step.id}
                node={node}
                mark={marks?.[node.step.id]}
                leads={leadsTo(node.step, transitions, steps)}
                selected={node.step.id === selected}
                stop={node.step.id === walk.stop}
                onSelect={onSelect}
              />
            ))}
          </ol>
        </div>
      </div>
    </section>
  );
}

/** Where a step leads, for those who hear the graph: "Finance, or Rejected"; a fork leads to all at once. */
function leadsTo(step: FlowStep, transitions: FlowTransition[], steps: FlowStep[]): string {
  return transitions
    .filter((t) => t.from === step.id)
    .map(({ name, to }) => {
      const target = steps.find((s) => s.id === to)?.name ?? to;
      return name && name !== target ? `${name} to ${target}` : target;
    })
    .join(step.type === 'fork' ? ', and ' : ', or ');
}

function Lines({ drawing, direction }: { drawing: Drawing; direction: Direction }) {
  return (
    <>
      <svg className={classes.lines} width={drawing.width} height={drawing.height} aria-hidden="true">
        {drawing.edges.map((edge) => (
          <g key={edge.key}>
            <path
              className={classes.line}
              data-back={edge.back || undefined}
              data-been={edge.transition.been || undefined}
              d={lineOf(edge.points, direction)}
            />
            <Head {...edge} direction={direction} />
          </g>
        ))}
      </svg>
      {drawing.edges.map(
        ({ key, label }) =>
          label && (
            <span
              key={key}
              className={classes.label}
              aria-hidden
              title={label.text}
              style={{ left: label.x, top: label.y, maxWidth: label.width }}
            >
              <span>{label.text}</span>
            </span>
          ),
      )}
    </>
  );
}

/** The point of an arrow. Drawn by hand: a marker would need an id that is unique on the page. */
function Head({ points, back, transition, direction }: Drawing['edges'][number] & { direction: Direction }) {
  const end = points.at(-1);
  if (!end) return null;
  const turn = (direction === 'down' ? 90 : 0) + (back ? 180 : 0);
  return (
    <path
      className={transition.been ? classes.headBeen : classes.head}
      d="M0 0L-7 -4L-7 4Z"
      transform={`translate(${end.x} ${end.y}) rotate(${turn})`}
    />
  );
}
