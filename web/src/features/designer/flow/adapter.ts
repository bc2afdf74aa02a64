import { whoDecides } from '@/components/definition-words';
import { flowOf } from '@/components/flow-graph/definition';
import { layOut } from '@/components/flow-graph/layout';
import {
  addStep,
  type Box,
  type Boxes,
  type Definition,
  type DocumentStep,
  draw,
  fieldsOf,
  moveSteps,
  type Point,
  type Preset,
  type PresetOrg,
  reconnect,
  stepOf,
  stepsOf,
  titled,
} from '@/lib/definition';
import { type Arrow, overlap, type Route } from './routes';

/**
 * Between the document and the canvas. The document alone says what there is; of the canvas it keeps
 * where steps stand, and nothing else. Everything here is pure: documents in, boxes or documents out.
 */

/** Between steps that follow each other: room for an arrow and its word. */
const room = 68;
const beside = 44;
const air = 22;

export const nameOf = (step: DocumentStep): string => step.name || titled(step.id);

/** How much room a step takes. Where people work there is a second line. */
export const sizeOf = (step: Pick<DocumentStep, 'type'>): { width: number; height: number } => {
  if (step.type === 'task' || step.type === 'workflow') return { width: 264, height: 64 };
  return { width: 192, height: 48 };
};

/** A start that names no transition leads to the step listed next. */
export type DrawnArrow = Arrow & { id: string | undefined };

export const keyOf = (step: string, id: string | undefined): string => `${step} ${id ?? ''}`;

/** The arrows of a document. One that only repeats the name of its target has no word. */
export function arrowsOf(doc: Definition): DrawnArrow[] {
  const names = new Map(stepsOf(doc).map((s) => [s.id, nameOf(s).toLowerCase()]));
  return stepsOf(doc).flatMap((step, i): DrawnArrow[] => {
    if (step.type === 'start' && !step.transitions?.length) {
      const next = stepsOf(doc)[i + 1];
      return next ? [{ key: keyOf(step.id, undefined), id: undefined, from: step.id, to: next.id, text: '' }] : [];
    }
    return (step.transitions ?? []).flatMap(({ id, to, name, when }) => {
      if (!names.has(to)) return [];
      const word = name?.trim() ?? '';
      const text = word.toLowerCase() === names.get(to) ? '' : word;
      const otherwise = step.type === 'condition' && !when && !text && (step.transitions?.length ?? 0) > 1;
      return [{ key: keyOf(step.id, id), id, from: step.id, to, text: otherwise ? 'otherwise' : text }];
    });
  });
}

/** Where every step stands: as the document says, else near the step before it, else as the drawing puts it. */
export function boxesOf(doc: Definition): Boxes {
  const placed = stepsOf(doc).filter((s) => doc.canvas?.[s.id]);
  if (placed.length === 0) return tidy(doc);
  const boxes: Boxes = {};
  for (const step of placed) {
    const [x, y] = doc.canvas?.[step.id] ?? [0, 0];
    boxes[step.id] = { x, y, ...sizeOf(step) };
  }
  const arrows = arrowsOf(doc);
  for (const step of stepsOf(doc)) {
    if (boxes[step.id]) continue;
    const before = arrows.find((a) => a.to === step.id && boxes[a.from])?.from;
    const base = before ? boxes[before] : undefined;
    boxes[step.id] = freeBox(boxes, sizeOf(step), base ? below(base, sizeOf(step)) : undefined);
  }
  return boxes;
}

/** Every step where the layered drawing puts it. */
export function tidy(doc: Definition): Boxes {
  const { steps, transitions } = flowOf(stepsOf(doc));
  const types = new Map(steps.map((s) => [s.id, s.type]));
  const drawing = layOut(steps, transitions, 'down', (step) => sizeOf({ type: types.get(step.id) ?? 'task' }));
  // Here arrows are taken hold of and steps dropped between: rows have more air than in a drawing to look at.
  const middle = (node: { y: number; height: number }) => Math.round(node.y + node.height / 2);
  const rows = [...new Set(drawing.nodes.map(middle))].sort((a, b) => a - b);
  return Object.fromEntries(
    drawing.nodes.map((node) => {
      const { step, x, y, width, height } = node;
      return [step.id, { x: Math.round(x), y: Math.round(y) + rows.indexOf(middle(node)) * air, width, height }];
    }),
  );
}

const below = (base: Box, size: { width: number; height: number }): Point => [
  base.x + (base.width - size.width) / 2,
  base.y + base.height + room,
];

/** The first place, from the wanted one to the right, that nothing else takes. */
function freeBox(boxes: Boxes, size: { width: number; height: number }, wanted?: Point): Box {
  const all = Object.values(boxes);
  const lowest = Math.max(0, ...all.map((b) => b.y + b.height));
  const [x, y] = wanted ?? [Math.min(0, ...all.map((b) => b.x)), lowest + room];
  const box = { x, y, ...size };
  const grown = (b: Box): Box => ({ x: b.x - 16, y: b.y - 16, width: b.width + 32, height: b.height + 32 });
  while (all.some((other) => overlap(grown(box), other))) box.x += size.width + beside;
  return box;
}

const pointsOf = (boxes: Boxes): Record<string, Point> =>
  Object.fromEntries(Object.entries(boxes).map(([id, { x, y }]) => [id, [x, y]]));

/** The document with a place for every step: what was only drawn stays where it is seen once somebody moves something. */
export const pinned = (doc: Definition): Definition => moveSteps(doc, pointsOf(boxesOf(doc)));

export const place = (doc: Definition, places: Record<string, Point>): Definition => moveSteps(pinned(doc), places);

export type Added = { doc: Definition; id: string; said: string };

/** Adds a preset with its upper left corner at a point, and what comes with it below. */
export function addPreset(doc: Definition, preset: Preset, org: PresetOrg, at: Point): Added {
  const sure = pinned(doc);
  const step = preset.step(sure, org);
  const added = addStep(sure, step, at);
  const said = `${nameOf(stepOf(added.doc, added.id) as DocumentStep)} was added.`;
  if (!preset.pair) return { ...added, said };
  const size = sizeOf(preset.pair);
  const gap = 2 * room + 64;
  const pair = addStep(added.doc, preset.pair, [
    at[0] + (sizeOf(step).width - size.width) / 2,
    at[1] + sizeOf(step).height + gap,
  ]);
  return { doc: pair.doc, id: added.id, said };
}

/** The id of the join that came with a fork just added: it is the last step. */
const exitOf = (doc: Definition, preset: Preset, id: string): string =>
  preset.pair ? (stepsOf(doc).at(-1)?.id ?? id) : id;

/** Puts a preset into an arrow: its step is led to the new one, which leads on. What follows makes room. */
export function insertPreset(
  doc: Definition,
  preset: Preset,
  org: PresetOrg,
  into: DrawnArrow,
  along: Route['along'] = 'down',
): Added {
  const opened = makeRoom(pinned(doc), preset, org, into, along);
  const added = addPreset(opened.doc, preset, org, opened.at);
  const { doc: led, said } = joined(added, preset, into);
  return { doc: led, id: added.id, said };
}

function joined(added: Added, preset: Preset, into: DrawnArrow): Added {
  const target = nameOf(stepOf(added.doc, into.to) as DocumentStep);
  const id = into.id ?? stepOf(added.doc, into.from)?.transitions?.[0]?.id;
  const led = id ? reconnect(added.doc, into.from, id, into.from, added.id).doc : added.doc;
  const said = `${added.said.replace(/ was added\.$/, '')} was put before ${target}.`;
  if (stepOf(led, added.id)?.type === 'end') return { ...added, doc: led, said: added.said };
  return { doc: draw(led, exitOf(led, preset, added.id), into.to).doc, id: added.id, said };
}

/** Where an inserted step lies, after those behind it were moved away as far as needed. */
function makeRoom(doc: Definition, preset: Preset, org: PresetOrg, into: DrawnArrow, along: Route['along']) {
  const boxes = boxesOf(doc);
  const [from, to] = [boxes[into.from] as Box, boxes[into.to] as Box];
  const step = preset.step(doc, org);
  const size = sizeOf(step);
  const deep = preset.pair ? size.height + 2 * room + 64 + sizeOf(preset.pair).height : size.height;
  const down = along === 'down';
  const gap = down ? to.y - (from.y + from.height) : to.x - (from.x + from.width);
  const more = Math.max(0, (down ? deep : size.width) + 2 * room - gap);
  const line = down ? to.y : to.x;
  const moved = Object.entries(boxes).flatMap(([id, box]): [string, Point][] =>
    more > 0 && gap >= 0 && id !== into.from && (down ? box.y >= line - 1 : box.x >= line - 1)
      ? [[id, down ? [box.x, box.y + more] : [box.x + more, box.y]]]
      : [],
  );
  const middle = (a: Box) => (down ? a.x + a.width / 2 : a.y + a.height / 2);
  const across = (middle(from) + middle(to)) / 2;
  const ahead = down ? from.y + from.height + room : from.x + from.width + room;
  const roomy = gap + more - (down ? deep : size.width) - 2 * room;
  const at: Point = down ? [across - size.width / 2, ahead + roomy / 2] : [ahead + roomy / 2, across - size.height / 2];
  return { doc: moveSteps(doc, Object.fromEntries(moved)), at };
}

/** Which arrow a step is put into when it should come behind another, as far as that is plain. */
export function arrowBehind(doc: Definition, after: string | undefined): DrawnArrow | undefined {
  const arrows = arrowsOf(doc);
  const step = after === undefined ? undefined : stepOf(doc, after);
  const only = (list: DrawnArrow[]) => (list.length === 1 ? list[0] : undefined);
  if (step && step.type !== 'end') return only(arrows.filter((a) => a.from === step.id));
  const ends = step ? [step.id] : stepsOf(doc).flatMap((s) => (s.type === 'end' ? [s.id] : []));
  return only(arrows.filter((a) => ends.includes(a.to)));
}

/** Adds a preset behind a step as somebody expects who says no more: into its only arrow, or as one more way on. */
export function addBehind(doc: Definition, preset: Preset, org: PresetOrg, after: string | undefined): Added {
  const ending = preset.group === 'end';
  const into = arrowBehind(doc, after);
  if (into && !ending) return insertPreset(doc, preset, org, into, alongOf(doc, into));
  const boxes = boxesOf(doc);
  const step = after === undefined ? undefined : stepOf(doc, after);
  const size = sizeOf(preset.step(doc, org));
  const base = step ? boxes[step.id] : undefined;
  const box = freeBox(boxes, size, base && step?.type !== 'end' ? below(base, size) : endRow(doc, boxes));
  const added = addPreset(doc, preset, org, [box.x, box.y]);
  // An end beside the ways that are there is reached by Reject, or drawn to by hand.
  const tied = step && step.type !== 'end' && (!ending || arrowsOf(doc).every((a) => a.from !== step.id));
  if (!tied) return added;
  const { doc: led, id } = draw(added.doc, step.id, added.id);
  return { doc: led, id: added.id, said: id ? `${added.said.replace(/\.$/, '')} behind ${nameOf(step)}.` : added.said };
}

/** A further end stands beside the ends that are there. */
function endRow(doc: Definition, boxes: Boxes): Point | undefined {
  const ends = stepsOf(doc).flatMap((s) => (s.type === 'end' ? [boxes[s.id] as Box] : []));
  const last = ends.toSorted((a, b) => a.x - b.x).at(-1);
  return last && [last.x + last.width + beside, last.y];
}

/** Which way an arrow mainly runs. */
export function alongOf(doc: Definition, { from, to }: Pick<Arrow, 'from' | 'to'>): Route['along'] {
  const boxes = boxesOf(doc);
  const [a, b] = [boxes[from], boxes[to]];
  return !a || !b || b.y - (a.y + a.height) >= 22 || b.x - (a.x + a.width) < 22 ? 'down' : 'right';
}

/** What a step shows of itself. */
export type StepLook = {
  id: string;
  type: string;
  name: string;
  about: string;
  /** Several people decide. */
  vote: boolean;
  /** What leads on without an arrow: "Reject and Send back are built in". */
  quiet: string;
  /** Where it leads, for those who hear it. */
  leads: string;
  problems: string[];
  target: string;
};

export function looksOf(doc: Definition, problems: Map<string, string[]>): StepLook[] {
  const labels = new Map(fieldsOf(doc).map((f) => [f.name, f.label || titled(f.name)]));
  const label = (field: string) => labels.get(field) ?? field;
  const names = new Map(stepsOf(doc).map((s) => [s.id, nameOf(s)]));
  const name = (id: string | undefined) => names.get(id ?? '') ?? id ?? '';
  const arrows = arrowsOf(doc);
  return stepsOf(doc).map((step) => ({
    id: step.id,
    type: step.type,
    name: nameOf(step),
    about: aboutOf(step, name, label, arrows),
    vote: step.vote !== undefined,
    quiet: quietOf(step),
    leads: arrows
      .filter((a) => a.from === step.id)
      .map((a) => (a.text ? `${a.text} to ${name(a.to)}` : name(a.to)))
      .join(step.type === 'fork' ? ', and ' : ', or '),
    problems: problems.get(step.id) ?? none,
    target: step.outcome ?? '',
  }));
}
const none: string[] = [];

function aboutOf(
  step: DocumentStep,
  name: (id: string | undefined) => string,
  label: (field: string) => string,
  arrows: DrawnArrow[],
): string {
  switch (step.type) {
    case 'task': {
      const decides = whoDecides(step, name, label);
      if (!decides) return 'Nobody yet';
      return decides.groups?.map((group) => group.name).join(' and ') ?? decides.who;
    }
    case 'workflow':
      return step.starts?.workflow ? `Starts ${step.starts.workflow}` : 'Starts nothing yet';
    case 'end':
      return arrows.some((a) => a.to === step.id) ? '' : step.outcome === 'rejected' ? 'When somebody rejects' : '';
    default:
      return '';
  }
}

/** What people can always do in a step, so that nobody draws arrows for it. */
function quietOf(step: DocumentStep): string {
  if (step.type !== 'task') return '';
  const drawn = step.transitions?.some((t) => t.kind === 'reject') ?? false;
  const built = [
    !step.reject?.off && !drawn && (step.reject?.name ?? 'Reject'),
    !step.send_back?.off && (step.send_back?.name ?? 'Send back'),
  ].filter(Boolean);
  return built.length === 0 ? '' : `${built.join(' and ')} built in`;
}

/** The problems of each step, by its id: its own and those of its arrows. */
export function problemsBySteps(doc: Definition, problems: { path: string; message: string }[]): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const { path, message } of problems) {
    const ref = /^steps\.([^.]+)/.exec(path)?.[1];
    const step = ref === undefined ? undefined : (stepOf(doc, ref) ?? stepsOf(doc)[Number(ref)]);
    if (step) out.set(step.id, [...(out.get(step.id) ?? []), message]);
  }
  return out;
}
