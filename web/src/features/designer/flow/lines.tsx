import { EdgeLabelRenderer } from '@xyflow/react';
import { memo } from 'react';
import { transitionOf } from '@/lib/definition';
import { useEditor } from '../editor';
import type { DrawnArrow } from './adapter';
import { keyOf } from './adapter';
import classes from './flow.module.css';
import { usePull, usePulled } from './pull';
import { renameArrow } from './rename';
import { boxAt, labelWidth, type Route, type XY } from './routes';
import { useActs, useFlow } from './use-flow';

/**
 * The arrows. They lie below the steps and are drawn by hand, as lines around steps are nothing the
 * library of the canvas knows of. Those who hear the canvas are told by each step where it leads.
 */
export function Lines() {
  const { arrows, routes, arrow: chosen, aim, naming } = useFlow();
  const selected = chosen && keyOf(chosen.step, chosen.id);
  const drawn = arrows.flatMap((arrow) => {
    const route = routes.get(arrow.key);
    return route ? [{ arrow, route }] : [];
  });
  const first = drawn.find(({ arrow }) => arrow.key === selected);
  return (
    <EdgeLabelRenderer>
      <svg className={classes.lines} aria-hidden="true" width="1" height="1">
        {drawn.map(({ arrow, route }) => (
          <Line
            key={arrow.key}
            arrow={arrow}
            {...flat(route)}
            selected={arrow.key === selected}
            aimed={arrow.key === aim.arrow}
          />
        ))}
        {first && <Grips {...first} />}
        <Pulled />
      </svg>
      {drawn.map(({ arrow, route }) =>
        arrow.key === naming ? (
          <Naming key={arrow.key} arrow={arrow} at={route.label} />
        ) : (
          <Label
            key={arrow.key}
            arrow={arrow}
            x={route.label.x}
            y={route.label.y}
            selected={arrow.key === selected}
            aimed={arrow.key === aim.arrow}
          />
        ),
      )}
      <Target />
    </EdgeLabelRenderer>
  );
}

const flat = ({ path, end, back }: Route) => ({ path, x: end.x, y: end.y, turn: end.turn, back });

type LineProps = ReturnType<typeof flat> & { arrow: DrawnArrow; selected: boolean; aimed: boolean };

const sameLine = (a: LineProps, b: LineProps) =>
  a.path === b.path && a.selected === b.selected && a.aimed === b.aimed && sameArrow(a.arrow, b.arrow);
const sameArrow = (a: DrawnArrow, b: DrawnArrow) =>
  a.key === b.key && a.from === b.from && a.to === b.to && a.text === b.text;

const Line = memo(function Line({ arrow, path, x, y, turn, back, selected, aimed }: LineProps) {
  const acts = useActs();
  return (
    <g
      className={classes.line}
      data-selected={selected || undefined}
      data-aimed={aimed || undefined}
      data-back={back || undefined}
      data-arrow={arrow.key}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: by keyboard arrows are chosen in the settings of their step */}
      <path
        d={path}
        className={classes.grab}
        onClick={() => acts.selectArrow(arrow)}
        onDoubleClick={() => acts.rename(arrow.key)}
      />
      <path d={path} className={classes.stroke} />
      <path d="M0 0L-9 -4.5L-9 4.5Z" className={classes.head} transform={`translate(${x} ${y}) rotate(${turn})`} />
    </g>
  );
}, sameLine);

type LabelProps = { arrow: DrawnArrow; x: number; y: number; selected: boolean; aimed: boolean };

const Label = memo(
  function Label({ arrow, x, y, selected, aimed }: LabelProps) {
    const acts = useActs();
    const text = aimed ? 'Put it in here' : arrow.text;
    if (!text) return null;
    return (
      <span
        className={`${classes.label} nodrag nopan`}
        data-selected={selected || undefined}
        data-aimed={aimed || undefined}
        data-label={arrow.key}
        aria-hidden
        title={text}
        style={{
          transform: `translate(-50%, -50%) translate(${x}px, ${y}px)`,
          maxWidth: Math.max(labelWidth(text), 40),
        }}
        onClick={() => acts.selectArrow(arrow)}
        onDoubleClick={() => acts.rename(arrow.key)}
      >
        <span>{text}</span>
      </span>
    );
  },
  (a, b) =>
    a.x === b.x && a.y === b.y && a.selected === b.selected && a.aimed === b.aimed && sameArrow(a.arrow, b.arrow),
);

/** Writes what an arrow is called, where it stands. */
function Naming({ arrow, at }: { arrow: DrawnArrow; at: XY }) {
  const { doc, edit } = useEditor();
  const acts = useActs();
  const id = arrow.id;
  const name = id === undefined ? '' : (transitionOf(doc, arrow.from, id)?.name ?? '');
  return (
    <input
      ref={(input) => input?.focus()}
      className={`${classes.naming} nodrag nopan`}
      aria-label="Name of the arrow"
      maxLength={100}
      defaultValue={name}
      style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => {
        if (event.currentTarget.dataset.off !== 'yes') {
          const { value } = event.currentTarget;
          edit((d) => renameArrow(d, arrow, value));
        }
        acts.rename(undefined);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.dataset.off = 'yes';
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

/** Both ends of the chosen arrow can be led elsewhere. */
function Grips({ arrow, route }: { arrow: DrawnArrow; route: Route }) {
  const pull = usePull();
  const ends = [
    { end: 'start' as const, at: away(route.start, route.samples, 12) },
    { end: 'end' as const, at: away(route.end, route.samples.toReversed(), 16) },
  ];
  return ends.map(({ end, at }) => (
    <circle
      key={end}
      className={classes.grip}
      data-grip={end}
      cx={at.x}
      cy={at.y}
      r={7}
      onPointerDown={(event) => pull(event, { arrow, end })}
    >
      <title>
        {end === 'end' ? 'Drag to another step to lead the arrow there' : 'Drag to another step to begin there'}
      </title>
    </circle>
  ));
}
const away = (from: XY, samples: XY[], far: number): XY =>
  samples.find((p) => Math.hypot(p.x - from.x, p.y - from.y) >= far) ?? from;

/** The arrow under the pointer while it is drawn. */
function Pulled() {
  const { boxes, routes, aim } = useFlow();
  const drawn = usePulled();
  if (!drawn) return null;
  const { pull, at } = drawn;
  const anchor = 'from' in pull ? nearest(boxes[pull.from], at) : fixed(routes.get(pull.arrow.key), pull.end);
  if (!anchor) return null;
  const turned = 'arrow' in pull && pull.end === 'start';
  const [a, b] = turned ? [at, anchor] : [anchor, at];
  const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  return (
    <g className={classes.line} data-pulled data-refused={aim.refusal ? '' : undefined}>
      <path d={`M${a.x} ${a.y}L${b.x} ${b.y}`} className={classes.stroke} />
      <path d="M0 0L-9 -4.5L-9 4.5Z" className={classes.head} transform={`translate(${b.x} ${b.y}) rotate(${turn})`} />
    </g>
  );
}
const fixed = (route: Route | undefined, end: 'start' | 'end'): XY | undefined =>
  end === 'end' ? route?.start : route?.end;

/** The middle of that side of a step from which a line starts towards a point. */
function nearest(box: { x: number; y: number; width: number; height: number } | undefined, at: XY): XY | undefined {
  if (!box) return undefined;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const sides = [
    { x: middle.x, y: box.y + box.height },
    { x: box.x + box.width, y: middle.y },
    { x: box.x, y: middle.y },
    { x: middle.x, y: box.y },
  ];
  if (boxAt({ box }, at)) return sides[0];
  const far = (p: XY) => Math.hypot(p.x - at.x, p.y - at.y);
  return sides.reduce((best, side) => (far(side) < far(best) ? side : best));
}

/** The step an arrow would lead to, with the reason when it cannot. */
function Target() {
  const { boxes, aim } = useFlow();
  const box = aim.step === undefined ? undefined : boxes[aim.step];
  if (!box) return null;
  return (
    <span
      className={classes.target}
      data-refused={aim.refusal ? '' : undefined}
      style={{ transform: `translate(${box.x - 5}px, ${box.y - 5}px)`, width: box.width + 10, height: box.height + 10 }}
    >
      {aim.refusal && <span className={classes.refusal}>{aim.refusal}</span>}
    </span>
  );
}
