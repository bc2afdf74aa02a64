import type { Box, Direction } from './measure';

type Side = { starts: number[]; ends: number[] };

/** Arrows that leave or reach a step on the same side stand beside each other, in the order of where they go. */
export function portsOf(ways: Box[][], direction: Direction): (cell: Box, way: number) => number {
  const sides = new Map<Box, Side>();
  const side = (cell: Box | undefined): Side => {
    const found = (cell && sides.get(cell)) ?? { starts: [], ends: [] };
    if (cell) sides.set(cell, found);
    return found;
  };
  ways.forEach((way, i) => {
    side(way[0]).starts.push(i);
    side(way.at(-1)).ends.push(i);
  });
  return (cell, i) => {
    const leaves = ways[i]?.[0] === cell;
    const next = (n: number) => (leaves ? ways[n]?.[1] : ways[n]?.at(-2))?.at ?? 0;
    const list = [...(leaves ? side(cell).starts : side(cell).ends)].sort((a, b) => next(a) - next(b) || a - b);
    const room = direction === 'down' ? cell.width : cell.height;
    const apart = Math.min(18, room / (list.length + 1));
    return (list.indexOf(i) - (list.length - 1) / 2) * apart;
  };
}
