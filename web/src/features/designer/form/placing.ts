import type { Place } from '@/lib/definition';

/** Where something lands that is dropped: from the boxes on screen to a place in the layout. */
export type Box = { left: number; top: number; right: number; bottom: number };
export type Point = { x: number; y: number };
export type Flow = 'down' | 'across' | 'wrap';
/** A list of entries as it lies on screen. */
export type ListBox = { list: string; flow: Flow; box: Box; entries: Box[] };

/**
 * At the upper and lower edge of a frame one means the place before or behind it. Sections and tabs
 * have their headings for that, and room below.
 */
const edge = 7;
const edgeOf = ({ list, box }: ListBox) => (list.endsWith('.items') ? 0 : Math.min(edge, (box.bottom - box.top) / 4));

const within = ({ left, top, right, bottom }: Box, { x, y }: Point, by = 0) =>
  x >= left && x <= right && y >= top + by && y <= bottom - by;

const depth = (list: string) => list.split('.').length;

/** The innermost list at a point, the outermost one where there is none: nothing that is dropped on the form gets lost. */
function listAt(lists: ListBox[], point: Point): ListBox | undefined {
  const hit = lists
    .filter((found) => found.list !== '' && within(found.box, point, edgeOf(found)))
    .sort((a, b) => depth(b.list) - depth(a.list));
  return hit[0] ?? lists.find(({ list }) => list === '');
}

/** Columns that a narrow form shows one below the other flow down. */
function flowOf({ flow, entries: [first, second] }: ListBox): Flow {
  return flow === 'across' && first && second && second.top >= first.bottom - 1 ? 'down' : flow;
}

export function placeAt(lists: ListBox[], point: Point): Place | undefined {
  const found = listAt(lists, point);
  if (!found) return undefined;
  const flow = flowOf(found);
  const middle = ({ left, right }: Box) => (left + right) / 2;
  const before = {
    down: ({ top, bottom }: Box) => (top + bottom) / 2 < point.y,
    across: (box: Box) => middle(box) < point.x,
    wrap: (box: Box) => box.bottom < point.y || (box.top <= point.y && middle(box) < point.x),
  }[flow];
  return { list: found.list, index: found.entries.filter(before).length };
}

/** Where the line is drawn that shows the place; the whole list while it is empty. */
export function lineAt(lists: ListBox[], { list, index }: Place): Box | undefined {
  const found = lists.find((box) => box.list === list);
  if (!found) return undefined;
  const { box, entries } = found;
  const [before, after] = [entries[index - 1], entries[index]];
  const near = after ?? before;
  if (!near) return box;
  if (flowOf(found) === 'down') {
    const y = before && after ? (before.bottom + after.top) / 2 : after ? after.top - 5 : near.bottom + 5;
    return { left: box.left, right: box.right, top: y, bottom: y };
  }
  const beside = before && after && after.top < before.bottom && before.right <= after.left;
  const x = beside ? (before.right + after.left) / 2 : after ? after.left - 5 : near.right + 5;
  return { left: x, right: x, top: near.top, bottom: near.bottom };
}
