import type { Definition, DocumentStep, Point } from './document';
import { stepsOf } from './document';
import type { StepsCopy } from './steps';

/** A step's place on the canvas, from its upper left corner. */
export type Box = { x: number; y: number; width: number; height: number };
export type Boxes = Record<string, Box>;
export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

const edges: Record<Alignment, { axis: 'x' | 'y'; share: number }> = {
  left: { axis: 'x', share: 0 },
  centre: { axis: 'x', share: 0.5 },
  right: { axis: 'x', share: 1 },
  top: { axis: 'y', share: 0 },
  middle: { axis: 'y', share: 0.5 },
  bottom: { axis: 'y', share: 1 },
};

/** Puts boxes in line: at the outermost edge, or in the middle of all. */
export function align(boxes: Boxes, how: Alignment): Record<string, Point> {
  const { axis, share } = edges[how];
  const all = Object.entries(boxes);
  const low = Math.min(...all.map(([, box]) => box[axis]));
  const high = Math.max(...all.map(([, box]) => box[axis] + sizeAlong(box, axis)));
  const line = low + (high - low) * share;
  return moved(all, axis, (box) => line - sizeAlong(box, axis) * share);
}

/** Makes the gaps between boxes equal; the outermost two stay. */
export function distribute(boxes: Boxes, axis: 'x' | 'y'): Record<string, Point> {
  const all = Object.entries(boxes).toSorted(([, a], [, b]) => middleOf(a, axis) - middleOf(b, axis));
  const [first, last] = [all[0]?.[1], all.at(-1)?.[1]];
  if (!first || !last || all.length < 3) return {};
  const filled = all.reduce((sum, [, box]) => sum + sizeAlong(box, axis), 0);
  const gap = (last[axis] + sizeAlong(last, axis) - first[axis] - filled) / (all.length - 1);
  let at = first[axis];
  const places = new Map<Box, number>();
  for (const [, box] of all) {
    places.set(box, at);
    at += sizeAlong(box, axis) + gap;
  }
  return moved(all, axis, (box) => places.get(box) ?? box[axis]);
}

const sizeAlong = (box: Box, axis: 'x' | 'y') => (axis === 'x' ? box.width : box.height);
const middleOf = (box: Box, axis: 'x' | 'y') => box[axis] + sizeAlong(box, axis) / 2;
const moved = (all: [string, Box][], axis: 'x' | 'y', to: (box: Box) => number): Record<string, Point> =>
  Object.fromEntries(all.map(([id, box]) => [id, axis === 'x' ? [to(box), box.y] : [box.x, to(box)]]));

/** Tells our own text on the clipboard from any other. */
const marker = 'handstamp/steps';

/** Copied steps as a text for the clipboard: they can be put into another workflow, also in another window. */
export const clipboardText = (copy: StepsCopy): string => JSON.stringify({ [marker]: 1, ...copy });

/** What such a text holds; undefined for any other text. */
export function fromClipboard(text: string): StepsCopy | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null || !(marker in raw)) return undefined;
  const { steps, canvas } = raw as Partial<StepsCopy>;
  if (!Array.isArray(steps) || !steps.every(isStep)) return undefined;
  const places = Object.entries(canvas ?? {}).filter(([, place]) => isPlace(place));
  return { steps, canvas: Object.fromEntries(places) };
}

const isStep = (step: unknown): step is DocumentStep =>
  typeof step === 'object' &&
  step !== null &&
  typeof (step as DocumentStep).id === 'string' &&
  typeof (step as DocumentStep).type === 'string' &&
  (step as DocumentStep).type !== 'start';
const isPlace = (place: unknown) => Array.isArray(place) && place.length === 2 && place.every(Number.isFinite);

/** What steps that were brought from another workflow still name and is not here. */
export function strangers(doc: Definition, copy: StepsCopy): string[] {
  const here = new Set([...(doc.form?.fields ?? []).map((f) => f.name)]);
  const known = new Set([...stepsOf(doc), ...copy.steps].map((s) => s.id));
  const named = copy.steps.flatMap((s) => [
    ...Object.keys(s.fields ?? {}).filter((name) => !here.has(name)),
    ...(s.assignee?.field && !here.has(s.assignee.field) ? [s.assignee.field] : []),
    ...(s.assignee?.step && !known.has(s.assignee.step) ? [s.assignee.step] : []),
  ]);
  return [...new Set(named)];
}
