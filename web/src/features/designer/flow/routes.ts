import type { Box, Boxes } from '@/lib/definition';

/** How arrows run between steps that people put where they like. Pure: boxes and arrows in, lines and places of words out. */
export type XY = { x: number; y: number };
export type Arrow = { key: string; from: string; to: string; text: string };
export type Route = {
  key: string;
  path: string;
  /** Where the line begins and ends, and which way it points there, in degrees. */
  start: XY;
  end: XY & { turn: number };
  /** Points on the line, for finding it under a pointer. */
  samples: XY[];
  /** Where its word stands; also where a step that is dropped on it comes to lie. */
  label: XY & { width: number };
  /** It leads to a step that lies before it. */
  back: boolean;
  /** Which way it mainly runs. */
  along: 'down' | 'right';
};

const least = 22; // between two steps for an arrow to go straight from one to the other
const apart = 24; // between a line and a step it goes around
const labelHeight = 22;
export const labelWidth = (text: string): number =>
  text === '' ? 0 : Math.min(172, Math.round(text.length * 7.4) + 22);

type Side = 'top' | 'bottom' | 'left' | 'right';
type Plan = { arrow: Arrow; from: Box; to: Box; kind: 'down' | 'right' | 'up' | 'under'; start: Side; end: Side };

export function routesOf(boxes: Boxes, arrows: Arrow[]): Map<string, Route> {
  const all = Object.values(boxes);
  const plans = arrows.flatMap((arrow) => {
    const [from, to] = [boxes[arrow.from], boxes[arrow.to]];
    return from && to && from !== to ? [planOf(arrow, from, to, all)] : [];
  });
  // Which way around steps an arrow goes decides where on its sides it stands, so that arrows do not cross there.
  const first = ports(plans);
  const passed = new Map<Plan, number | undefined>();
  const tried: Lanes = new Map();
  for (const plan of plans) passed.set(plan, lineOf(plan, first(plan, 'start'), first(plan, 'end'), all, tried).via);
  const port = ports(plans, passed);
  const taken: Box[] = [...all];
  const lanes: Lanes = new Map();
  const out = new Map<string, Route>();
  for (const plan of plans) {
    const { via: _, ...line } = lineOf(plan, port(plan, 'start'), port(plan, 'end'), all, lanes);
    const label = placeLabel(line.samples, plan.arrow.text, taken);
    if (plan.arrow.text) taken.push(around(label, label.width, labelHeight));
    const { arrow, kind } = plan;
    const along = kind === 'right' || kind === 'under' ? 'right' : 'down';
    out.set(arrow.key, { key: arrow.key, ...line, label, back: kind === 'up' || kind === 'under', along });
  }
  return out;
}

/** Where lines run straight along already: those of others keep away. */
type Lanes = Map<string, { at: number; low: number; high: number }[]>;

/** On which sides an arrow leaves and arrives. Forward is down, else to the right; what goes back is led around. */
function planOf(arrow: Arrow, from: Box, to: Box, all: Box[]): Plan {
  const plan = (kind: Plan['kind'], start: Side, end: Side): Plan => ({ arrow, from, to, kind, start, end });
  if (to.y - bottom(from) >= least) return plan('down', 'bottom', 'top');
  if (to.x - right(from) >= least) return plan('right', 'right', 'left');
  const above = from.y - bottom(to) >= least;
  // Steps that stand too close for an arrow between them are still beside each other.
  const beside = !above && to.x + to.width / 2 - (from.x + from.width / 2) >= from.width / 2;
  if (beside) return plan('right', 'right', 'left');
  if (from.x - right(to) >= least && !above) return plan('under', 'bottom', 'bottom');
  const side = roomier(from, to, all);
  return plan('up', side, side);
}

/** The side on which an arrow back has less to go around. */
function roomier(from: Box, to: Box, all: Box[]): 'left' | 'right' {
  const beside = between(from, to, all);
  const farRight = Math.max(...beside.map(right)) - (right(from) + right(to)) / 2;
  const farLeft = (from.x + to.x) / 2 - Math.min(...beside.map((b) => b.x));
  return farLeft < farRight - 1 ? 'left' : 'right';
}

const between = (a: Box, b: Box, all: Box[]): Box[] => {
  const [low, high] = [Math.min(a.y, b.y), Math.max(bottom(a), bottom(b))];
  return all.filter((box) => box.y < high && bottom(box) > low);
};

/** Arrows that leave or reach a step on the same side stand beside each other, in the order of where they go. */
function ports(plans: Plan[], passed?: Map<Plan, number | undefined>): (plan: Plan, which: 'start' | 'end') => XY {
  type End = { plan: Plan; which: 'start' | 'end' };
  const sides = new Map<Box, Record<Side, End[]>>();
  for (const plan of plans) {
    for (const which of ['start', 'end'] as const) {
      const box = which === 'start' ? plan.from : plan.to;
      const side = sides.get(box) ?? { top: [], bottom: [], left: [], right: [] };
      sides.set(box, side);
      side[plan[which]].push({ plan, which });
    }
  }
  const places = new Map<Plan, { start?: XY; end?: XY }>();
  for (const [box, bySide] of sides) {
    for (const side of ['top', 'bottom', 'left', 'right'] as const) {
      const list = bySide[side];
      const flat = side === 'top' || side === 'bottom';
      const far = ({ plan, which }: End) => {
        const other = which === 'start' ? plan.to : plan.from;
        const via = passed?.get(plan);
        if (via !== undefined) return via;
        return flat ? other.x + other.width / 2 : other.y + other.height / 2;
      };
      list.sort((a, b) => far(a) - far(b));
      const gap = Math.min(24, (flat ? box.width : box.height) / (list.length + 1));
      list.forEach(({ plan, which }, i) => {
        const aside = (i - (list.length - 1) / 2) * gap;
        const at = flat
          ? { x: box.x + box.width / 2 + aside, y: side === 'top' ? box.y : bottom(box) }
          : { x: side === 'left' ? box.x : right(box), y: box.y + box.height / 2 + aside };
        places.set(plan, { ...places.get(plan), [which]: at });
      });
    }
  }
  return (plan, which) => places.get(plan)?.[which] ?? { x: 0, y: 0 };
}

type Line = Pick<Route, 'path' | 'start' | 'end' | 'samples'> & {
  /** Across the way it mainly runs: where it goes past steps. */
  via?: number;
};

function lineOf(plan: Plan, start: XY, end: XY, all: Box[], lanes: Lanes): Line {
  const others = all.filter((box) => box !== plan.from && box !== plan.to);
  switch (plan.kind) {
    case 'down':
      return { ...curve(start, end, others, lanesOf(lanes, 'down')), start, end: { ...end, turn: 90 } };
    case 'right': {
      const turned = curve(swap(start), swap(end), others.map(swapBox), lanesOf(lanes, 'right'));
      return {
        path: turned.points.length > 2 ? rounded(turned.points.map(swap)) : bend(start, end, 'x'),
        samples: turned.samples.map(swap),
        via: turned.via,
        start,
        end: { ...end, turn: 0 },
      };
    }
    case 'under': {
      const low = Math.max(
        ...others.filter((b) => b.x < start.x && right(b) > end.x).map(bottom),
        bottom(plan.from),
        bottom(plan.to),
      );
      const y = freeLane(lanesOf(lanes, 'under'), low + apart, Math.min(start.x, end.x), Math.max(start.x, end.x), 26);
      const points = [start, { x: start.x, y }, { x: end.x, y }, end];
      return { path: rounded(points), samples: sampled(points), start, end: { ...end, turn: -90 } };
    }
    case 'up': {
      const beside = between(plan.from, plan.to, all);
      const toRight = plan.start === 'right';
      const edge = toRight ? Math.max(...beside.map(right)) : Math.min(...beside.map((b) => b.x));
      const wide = apart + labelWidth(plan.arrow.text) / 2;
      const [low, high] = [Math.min(start.y, end.y), Math.max(start.y, end.y)];
      const x = freeLane(
        lanesOf(lanes, plan.start),
        toRight ? edge + wide : edge - wide,
        low,
        high,
        toRight ? 26 : -26,
      );
      const points = [start, { x, y: start.y }, { x, y: end.y }, end];
      return { path: rounded(points), samples: sampled(points), start, end: { ...end, turn: toRight ? 180 : 0 } };
    }
  }
}

function lanesOf(lanes: Lanes, name: string) {
  const found = lanes.get(name) ?? [];
  lanes.set(name, found);
  return found;
}

const beside = 12; // lines that run beside each other

const isFree = (lanes: { at: number; low: number; high: number }[], at: number, low: number, high: number) =>
  !lanes.some((lane) => Math.abs(lane.at - at) < beside && lane.low < high && lane.high > low);

/** The first lane from a place on, in steps, on which nothing runs there; it is taken then. */
function freeLane(
  lanes: { at: number; low: number; high: number }[],
  from: number,
  low: number,
  high: number,
  by: number,
): number {
  let at = from;
  while (!isFree(lanes, at, low, high)) at += by;
  lanes.push({ at, low, high });
  return at;
}

type Curve = { path: string; samples: XY[]; points: XY[]; via?: number };

/** A curve down; where steps are in its way it goes past them, on a lane of its own. */
function curve(start: XY, end: XY, others: Box[], lanes: { at: number; low: number; high: number }[]): Curve {
  const free = bezier(start, end);
  const inWay = others.filter((box) => bottom(box) > start.y && box.y < end.y);
  const hits = (points: XY[]) => points.some((p) => inWay.some((box) => inside(p, box, 6)));
  if (!hits(free)) return { path: bend(start, end, 'y'), samples: free, points: [start, end] };
  const offsets = [0, 14, 28, 42].map((more) => apart + more);
  const candidates = inWay.flatMap((box) => offsets.flatMap((off) => [box.x - off, right(box) + off]));
  const cost = (x: number) => Math.abs(x - start.x) + Math.abs(x - end.x);
  const [low, high] = [start.y + 14, end.y - 16];
  for (const x of candidates.sort((a, b) => cost(a) - cost(b))) {
    if (!isFree(lanes, x, low, high)) continue;
    const points = [start, { x: start.x, y: low }, { x, y: low }, { x, y: high }, { x: end.x, y: high }, end];
    const samples = sampled(points);
    if (hits(samples)) continue;
    lanes.push({ at: x, low, high });
    return { path: rounded(points), samples, points, via: x };
  }
  return { path: bend(start, end, 'y'), samples: free, points: [start, end] };
}

function bezier(a: XY, b: XY): XY[] {
  const middle = (a.y + b.y) / 2;
  return Array.from({ length: 25 }, (_, i) => {
    const t = i / 24;
    const u = 1 - t;
    const at = (p: number, q: number, r: number, s: number) =>
      u ** 3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t ** 3 * s;
    return { x: at(a.x, a.x, b.x, b.x), y: at(a.y, middle, middle, b.y) };
  });
}

function bend(a: XY, b: XY, axis: 'x' | 'y'): string {
  const middle = (a[axis] + b[axis]) / 2;
  const [c, d] =
    axis === 'y'
      ? [
          { x: a.x, y: middle },
          { x: b.x, y: middle },
        ]
      : [
          { x: middle, y: a.y },
          { x: middle, y: b.y },
        ];
  return `M${say(a)}C${say(c)} ${say(d)} ${say(b)}`;
}

/** Straight pieces with round corners. */
export function rounded(points: XY[], radius = 12): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let out = `M${say(first)}`;
  rest.forEach((corner, i) => {
    const [before, after] = [points[i] as XY, rest[i + 1]];
    if (!after) {
      out += `L${say(corner)}`;
      return;
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    out += `L${say(towards(corner, before, r))}Q${say(corner)} ${say(towards(corner, after, r))}`;
  });
  return out;
}

function sampled(points: XY[]): XY[] {
  const out: XY[] = [];
  points.slice(1).forEach((b, i) => {
    const a = points[i] as XY;
    const n = Math.max(1, Math.ceil(distance(a, b) / 18));
    for (let k = i === 0 ? 0 : 1; k <= n; k++)
      out.push({ x: a.x + ((b.x - a.x) * k) / n, y: a.y + ((b.y - a.y) * k) / n });
  });
  return out;
}

/** Where on its line, or close beside it, a word lies on nothing else: near the middle if it can be. */
function placeLabel(samples: XY[], text: string, taken: Box[]): XY & { width: number } {
  const width = labelWidth(text);
  const half = halfway(samples);
  const middle = samples[half] ?? { x: 0, y: 0 };
  if (!text) return { ...middle, width };
  const free = (at: XY) => !taken.some((box) => overlap(around(at, width + 6, labelHeight + 2), box));
  const order = samples.map((_, i) => i).sort((a, b) => Math.abs(a - half) - Math.abs(b - half));
  for (const aside of [0, width / 2 + 8, -(width / 2 + 8)]) {
    for (const i of order) {
      const sample = samples[i] as XY;
      const at = { x: sample.x + aside, y: sample.y };
      if (free(at)) return { ...at, width };
    }
  }
  return { x: middle.x + width / 2 + 8, y: middle.y, width };
}

/** The sample in the middle of the line's length. */
function halfway(samples: XY[]): number {
  const far = [0];
  samples.slice(1).forEach((p, i) => {
    far.push((far[i] ?? 0) + distance(samples[i] as XY, p));
  });
  const half = (far.at(-1) ?? 0) / 2;
  return Math.max(
    0,
    far.findIndex((n) => n >= half),
  );
}

/** What steps, lines and words take up together. */
export function bounds(boxes: Boxes, routes: Iterable<Route>): Box | undefined {
  const all = Object.values(boxes);
  for (const { label, samples } of routes) {
    all.push(around(label, label.width, label.width > 0 ? labelHeight : 0));
    for (const p of samples) all.push(around(p, 0, 0));
  }
  if (all.length === 0) return undefined;
  const [x, y] = [Math.min(...all.map((b) => b.x)), Math.min(...all.map((b) => b.y))];
  return { x, y, width: Math.max(...all.map(right)) - x, height: Math.max(...all.map(bottom)) - y };
}

/** The arrow that lies nearest to a point, within a distance. */
export function arrowAt(routes: Iterable<Route>, at: XY, within: number): Route | undefined {
  let best: { route: Route; far: number } | undefined;
  for (const route of routes) {
    const label = around(route.label, route.label.width, labelHeight);
    const far = inside(at, label, 0) ? 0 : Math.min(...route.samples.map((p) => distance(p, at)));
    if (far <= within && (!best || far < best.far)) best = { route, far };
  }
  return best?.route;
}

export const boxAt = (boxes: Boxes, at: XY, margin = 0): string | undefined =>
  Object.keys(boxes).find((id) => inside(at, boxes[id] as Box, margin));

const bottom = (box: Box) => box.y + box.height;
const right = (box: Box) => box.x + box.width;
const swap = ({ x, y }: XY): XY => ({ x: y, y: x });
const swapBox = (box: Box): Box => ({ x: box.y, y: box.x, width: box.height, height: box.width });
const around = ({ x, y }: XY, width: number, height: number): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});
const inside = ({ x, y }: XY, box: Box, margin: number) =>
  x > box.x - margin && x < right(box) + margin && y > box.y - margin && y < bottom(box) + margin;
export const overlap = (a: Box, b: Box): boolean =>
  a.x < right(b) && right(a) > b.x && a.y < bottom(b) && bottom(a) > b.y;
const distance = (a: XY, b: XY) => Math.hypot(a.x - b.x, a.y - b.y);
const towards = (from: XY, to: XY, by: number): XY => {
  const far = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / far, y: from.y + ((to.y - from.y) * by) / far };
};
const say = ({ x, y }: XY) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
