import type { FlowStep } from './flow';
import type { Cell } from './place';

export type Direction = 'down' | 'right';
export type Point = { x: number; y: number };
export type Size = { width: number; height: number };

/** A cell of the drawing: a step, the word on an arrow, or the place where a long arrow passes a layer. */
export type Box = Cell & Size & { rank: number; up: Box[]; down: Box[] };

/** Between neighbours in a layer, px. */
export const gap = 24;
export const labelHeight = 20;
/** About what a text takes at the label's size; longer ones are cut by the style sheet. */
export const labelWidth = (text: string): number => Math.min(170, Math.round(text.length * 7.5) + 20);

/** Where people work there is room for a second line. */
export const sizeOf = (step: FlowStep): Size =>
  step.type === 'task' || step.about ? { width: 204, height: 58 } : { width: 168, height: 44 };

export const boxOf = (rank: number, size: Size, direction: Direction): Box => ({
  ...size,
  rank,
  size: direction === 'down' ? size.width : size.height,
  at: 0,
  up: [],
  down: [],
});

/** A box's size along the direction of reading. */
export const lengthwise = (box: Box, direction: Direction): number => (direction === 'down' ? box.height : box.width);

/** The line of an arrow: from point to point in curves that leave and arrive straight. */
export function lineOf(points: Point[], direction: Direction): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  for (const to of rest) {
    const middle = direction === 'down' ? (from.y + to.y) / 2 : (from.x + to.x) / 2;
    const bend = direction === 'down' ? [from.x, middle, to.x, middle] : [middle, from.y, middle, to.y];
    parts.push(`C${[...bend, to.x, to.y].map(round).join(' ')}`);
    from = to;
  }
  return parts.join('');
}
const round = (n: number) => Math.round(n * 10) / 10;
