import { describe, expect, it } from 'vitest';
import {
  batch,
  drawMore,
  everyManager,
  forestOf,
  lineAbove,
  moreAfter,
  moveBy,
  type Node,
  openAtFirst,
  reveal,
  search,
  type TreePerson,
  typeAhead,
  visible,
} from './tree';

const person = (id: string, manager_id?: string, more: Partial<TreePerson> = {}): TreePerson => ({
  id,
  name: id,
  status: 'active',
  ...(manager_id && { manager_id }),
  ...more,
});
const ids = (nodes: { person: TreePerson }[]) => nodes.map((node) => node.person.id);
const none = new Map<string, number>();

describe('the forest', () => {
  it('counts who reports to whom, directly and through others', () => {
    const forest = forestOf([person('c', 'b'), person('a'), person('b', 'a'), person('d', 'b'), person('e', 'nobody')]);
    expect(ids(forest.tops)).toEqual(['a', 'e']);
    expect(forest.byId.get('a')?.below).toBe(3);
    expect(ids(forest.byId.get('b')?.reports ?? [])).toEqual(['c', 'd']);
    expect(ids(lineAbove(forest, 'c'))).toEqual(['a', 'b']);
  });

  it('survives circles, and shows everybody once', () => {
    const forest = forestOf([
      person('x', 'y'),
      person('y', 'z'),
      person('z', 'x'),
      person('below', 'z'),
      person('self', 'self'),
      person('top'),
    ]);
    expect(ids(forest.tops)).toEqual(['x', 'self', 'top']);
    expect(forest.byId.get('x')?.circle).toBe(true);
    const all = visible(forest.tops, everyManager(forest), none);
    expect(ids(all).sort()).toEqual(['below', 'self', 'top', 'x', 'y', 'z']);
    expect(ids(lineAbove(forest, 'below'))).toEqual(['x', 'z']);
  });

  it('holds a line of twenty thousand', () => {
    const people = Array.from({ length: 20_000 }, (_, i) => person(`p${i}`, i > 0 ? `p${i - 1}` : undefined));
    expect(forestOf(people).byId.get('p0')?.below).toBe(19_999);
  });

  it('opens at first what is not too much', () => {
    const wide = forestOf([
      person('top'),
      ...Array.from({ length: 10 }, (_, i) => person(`m${i}`, 'top')),
      ...Array.from({ length: 40 }, (_, i) => person(`r${i}`, `m${i % 10}`)),
    ]);
    expect([...openAtFirst(wide)]).toEqual(['top']);
    expect(openAtFirst(wide, 100).size).toBe(11);
  });
});

describe('the search', () => {
  const forest = forestOf([
    person('1', undefined, { name: 'José Álvarez', designation: 'Head of Sales', department: 'Sales' }),
    person('2', '1', { name: 'Asha Rao', designation: 'Engineer', department: 'Engineering' }),
  ]);
  it('takes beginnings of words in any order, without accents', () => {
    expect(search(forest, 'alv jose').map((p) => p.id)).toEqual(['1']);
    expect(search(forest, 'eng').map((p) => p.id)).toEqual(['2']);
    expect(search(forest, 'ao')).toEqual([]);
    expect(search(forest, '  ')).toEqual([]);
  });
});

describe('the keyboard', () => {
  const forest = forestOf([person('a'), person('b', 'a'), person('c', 'b'), person('d', 'a')]);
  const go = (key: string, at: string, ...open: string[]) => moveBy(key, at, forest, new Set(open), none);

  it('goes through what is visible', () => {
    expect(go('ArrowDown', 'a', 'a')).toEqual({ to: 'b' });
    expect(go('ArrowDown', 'b', 'a')).toEqual({ to: 'd' });
    expect(go('ArrowDown', 'b', 'a', 'b')).toEqual({ to: 'c' });
    expect(go('ArrowUp', 'd', 'a', 'b')).toEqual({ to: 'c' });
    expect(go('ArrowUp', 'a', 'a')).toBeUndefined();
    expect(go('End', 'a', 'a')).toEqual({ to: 'd' });
    expect(go('Home', 'd', 'a')).toEqual({ to: 'a' });
    expect(go('x', 'a')).toBeUndefined();
  });

  it('opens, enters, closes and leaves', () => {
    expect(go('ArrowRight', 'b', 'a')).toEqual({ open: 'b' });
    expect(go('ArrowRight', 'b', 'a', 'b')).toEqual({ to: 'c' });
    expect(go('ArrowRight', 'c', 'a', 'b')).toBeUndefined();
    expect(go('ArrowLeft', 'b', 'a', 'b')).toEqual({ close: 'b' });
    expect(go('ArrowLeft', 'c', 'a', 'b')).toEqual({ to: 'b' });
    expect(go('ArrowLeft', 'a')).toBeUndefined();
  });

  it('finds names by their first letters, going round', () => {
    const rows = visible(forest.tops, new Set(['a', 'b']), none);
    expect(typeAhead(rows, 'a', 'd')).toBe('d');
    expect(typeAhead(rows, 'd', 'a')).toBe('a');
    expect(typeAhead(rows, 'a', 'zz')).toBeUndefined();
  });

  it('draws the first of very many, and more when asked', () => {
    const wide = forestOf([person('top'), ...Array.from({ length: 120 }, (_, i) => person(`r${i}`, 'top'))]);
    expect(visible(wide.tops, new Set(['top']), none)).toHaveLength(1 + batch);
    expect(visible(wide.tops, new Set(['top']), new Map([['top', 120]]))).toHaveLength(121);
    const closed = { open: new Set<string>(), shown: none };
    const found = reveal(wide, ['r107'], closed);
    expect([...found.open]).toEqual(['top']);
    expect(ids(visible(wide.tops, found.open, found.shown))).toContain('r107');
    const last = `r${batch - 1}`;
    expect(moreAfter(wide, last, closed)?.person.id).toBe('top');
    expect(moreAfter(wide, 'r3', closed)).toBeUndefined();
    expect(visible(wide.tops, new Set(['top']), drawMore(wide.tops[0] as Node, closed).shown)).toHaveLength(101);
  });
});
