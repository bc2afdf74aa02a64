import { type FlowStep, type FlowTransition, labelOf } from './flow';
import {
  type Box,
  boxOf,
  type Direction,
  gap,
  labelHeight,
  labelWidth,
  lengthwise,
  type Point,
  type Size,
  sizeOf,
} from './measure';
import { place, untangle } from './place';
import { portsOf } from './ports';
import { backArrows, ranksOf } from './ranks';

export type Node = { step: FlowStep; x: number; y: number; width: number; height: number };
export type Edge = {
  key: string;
  transition: FlowTransition;
  /** It leads to a step that lies before it. */
  back: boolean;
  points: Point[];
  label?: { text: string; x: number; y: number; width: number };
};
export type Drawing = { width: number; height: number; nodes: Node[]; edges: Edge[] };

/** An arrow on its way through the layers: its step, its word, the places where it passes a layer, the other step. */
type Way = { transition: FlowTransition; back: boolean; text: string; cells: Box[] };

/**
 * Draws steps in layers, start first. Every second layer belongs to the arrows and their words, so
 * that no word ever lies on a step or on another word.
 */
export function layOut(
  steps: FlowStep[],
  transitions: FlowTransition[],
  direction: Direction = 'down',
  size: (step: FlowStep) => Size = sizeOf,
): Drawing {
  const { boxes, ways } = layered(steps, transitions, direction, size);
  const layers: Box[][] = [];
  for (const cell of new Set([...boxes, ...ways.flatMap((way) => way.cells)])) {
    layers[cell.rank] ??= [];
    layers[cell.rank]?.push(cell);
  }
  if (layers.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  const breadth = place(untangle(layers), gap);
  const { middles, length } = stack(layers, direction);
  const point = (cell: Box): Point => {
    const along = middles[cell.rank] ?? 0;
    return direction === 'down' ? { x: cell.at, y: along } : { x: along, y: cell.at };
  };
  const nodes = steps.map((step, i) => {
    const box = boxes[i] as Box;
    const { x, y } = point(box);
    return { step, width: box.width, height: box.height, x: x - box.width / 2, y: y - box.height / 2 };
  });
  const [width, height] = direction === 'down' ? [breadth, length] : [length, breadth];
  return { width, height, nodes, edges: edgesOf(ways, point, direction) };
}

/** Gives every step its layer and lets every arrow pass all layers between its steps. */
function layered(
  steps: FlowStep[],
  transitions: FlowTransition[],
  direction: Direction,
  size: (step: FlowStep) => Size,
) {
  const index = new Map(steps.map((step, i) => [step.id, i]));
  const arrows = transitions.flatMap((transition) => {
    const [from, to] = [index.get(transition.from), index.get(transition.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ transition, from, to }];
  });
  const turned = backArrows(steps.length, arrows);
  const forward = arrows.map((a) => (turned.has(a) ? { from: a.to, to: a.from } : a));
  const ranks = ranksOf(steps.length, forward);
  const last = Math.max(0, ...ranks);
  const tied = new Set(forward.flatMap((arrow) => [arrow.from, arrow.to]));
  // What no arrow ties to anything is read last.
  const rankOf = (step: number) => (tied.has(step) || steps[step]?.type === 'start' ? (ranks[step] ?? 0) : last);
  const boxes = steps.map((step, i) => boxOf(rankOf(i) * 2, size(step), direction));
  const ways = arrows.map((arrow, i): Way => {
    const { from, to } = forward[i] ?? arrow;
    const text = labelOf(arrow.transition, steps);
    const cells = passing(boxes[from] as Box, boxes[to] as Box, text, direction);
    return { transition: arrow.transition, back: turned.has(arrow), text, cells };
  });
  return { boxes, ways };
}

function passing(from: Box, to: Box, text: string, direction: Direction): Box[] {
  const cells = [from];
  for (let rank = from.rank + 1; rank < to.rank; rank++) {
    const word = text !== '' && rank === from.rank + 1;
    const size = word ? { width: labelWidth(text), height: labelHeight } : { width: 8, height: 8 };
    cells.push(boxOf(rank, size, direction));
  }
  cells.push(to);
  cells.forEach((cell, i) => {
    const [before, after] = [cells[i - 1], cells[i + 1]];
    if (before) cell.up.push(before);
    if (after) cell.down.push(after);
  });
  return cells;
}

/** Where each layer lies along the direction of reading. Layers of arrows are never so low that arrows lie flat. */
function stack(layers: Box[][], direction: Direction): { middles: number[]; length: number } {
  let length = 0;
  const middles = layers.map((layer, rank) => {
    const deepest = Math.max(...layer.map((cell) => lengthwise(cell, direction)));
    const deep = rank % 2 === 1 ? Math.max(deepest + 30, 44) : deepest;
    length += deep;
    return length - deep / 2;
  });
  return { middles, length };
}

function edgesOf(ways: Way[], point: (cell: Box) => Point, direction: Direction): Edge[] {
  const port = portsOf(
    ways.map((way) => way.cells),
    direction,
  );
  return ways.map((way, i) => {
    const points = way.cells.map((cell, n) => {
      const at = point(cell);
      if (n > 0 && n + 1 < way.cells.length) return at;
      const along = ((n === 0 ? 1 : -1) * lengthwise(cell, direction)) / 2;
      const aside = port(cell, i);
      return direction === 'down' ? { x: at.x + aside, y: at.y + along } : { x: at.x + along, y: at.y + aside };
    });
    const { from, to, id } = way.transition;
    return {
      key: `${from} ${to} ${id ?? i}`,
      transition: way.transition,
      back: way.back,
      points: way.back ? points.toReversed() : points,
      label: way.text && points[1] ? { text: way.text, ...points[1], width: labelWidth(way.text) } : undefined,
    };
  });
}
