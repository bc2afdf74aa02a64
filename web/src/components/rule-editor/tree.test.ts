import { describe, expect, it } from 'vitest';
import type { RuleGroup, RuleRow } from '@/api/types';
import {
  type Action,
  canMove,
  change,
  type GroupNode,
  isGroupNode,
  type Node,
  nodeAt,
  placesOf,
  rowsOf,
  treeOf,
} from './tree';

const row = (field: string, more: object = {}): RuleRow => ({ field, operator: '=', value: 1, ...more });
const and = (...rules: RuleRow[]): RuleGroup => ({ combinator: 'and', rules });
const or = (...rules: RuleRow[]): RuleGroup => ({ combinator: 'or', rules });

/** "a (b c) d": the fields, groups in brackets. */
function shape(node: Node): string {
  if (!isGroupNode(node)) return node.row.field ?? '_';
  return `(${node.items.map(shape).join(' ')})`;
}
const find = (node: Node, field: string): number | undefined => {
  if (!isGroupNode(node)) return node.row.field === field ? node.key : undefined;
  return node.items.map((item) => find(item, field)).find((key) => key !== undefined);
};
const start = () => treeOf(and(row('a'), or(row('b'), row('c')) as RuleRow, row('d')));
const keyOf = (tree: { root: GroupNode }, field: string) => find(tree.root, field) as number;
const does = (action: (key: (field: string) => number) => Action) => {
  const tree = start();
  return change(
    tree,
    action((field) => keyOf(tree, field)),
  );
};
const rowAfter = (before: RuleRow, action: object) => {
  const tree = treeOf(and(before));
  return rowsOf(change(tree, { key: 1, ...action } as Action))?.rules?.[0];
};

describe('rows taken apart and put together', () => {
  it('are what they were, with members that nobody knows', () => {
    const rows = {
      id: 'g-1',
      combinator: 'and',
      not: false,
      rules: [
        { field: 'form.days', operator: '>', value: '3', valueSource: 'value', id: 'r-1', path: [0], zoo: { b: 1 } },
        { combinator: 'or', not: true, rules: [{ field: 'a', operator: 'null' }], colour: 'red' },
      ],
    } as object as RuleGroup;
    expect(rowsOf(treeOf(rows))).toEqual(rows);
  });
  it('are no rule when there are none', () => expect(rowsOf(treeOf(undefined))).toBeUndefined());
  it('are numbered as they are read', () => {
    const tree = start();
    expect([...placesOf(tree).values()]).toEqual(['', '1', '2', '2.1', '2.2', '3']);
    for (const [key, at] of placesOf(tree)) expect(nodeAt(tree, at)?.key).toBe(key);
    expect([nodeAt(tree, '1.1'), nodeAt(tree, '4')]).toEqual([undefined, undefined]);
  });
});

describe('the tree of rows', () => {
  it('adds a row at the end of a group', () => {
    const tree = start();
    const next = change(tree, { do: 'add', to: tree.root.key, what: 'row' });
    expect(shape(next.root)).toBe('(a (b c) d _)');
    expect(next.root.items[3]?.key).toBe(tree.next);
  });
  it('adds a group that brings its first row', () => {
    const tree = start();
    const next = change(tree, { do: 'add', to: tree.root.items[1]?.key as number, what: 'group' });
    expect(shape(next.root)).toBe('(a (b c (_)) d)');
    expect(new Set(placesOf(next).keys()).size).toBe(8);
  });
  it('removes a row, and with the last one its group', () => {
    const tree = start();
    const without = change(tree, { do: 'remove', key: keyOf(tree, 'b') });
    expect(shape(without.root)).toBe('(a (c) d)');
    expect(shape(change(without, { do: 'remove', key: keyOf(tree, 'c') }).root)).toBe('(a d)');
  });
  it('removes a group with all that is in it', () => {
    expect(shape(does((key) => ({ do: 'remove', key: key('b') - 1 })).root)).toBe('(a d)');
  });
  it('removes down to no rule', () => {
    const tree = treeOf(and(or(row('a')) as RuleRow));
    expect(rowsOf(change(tree, { do: 'remove', key: keyOf(tree, 'a') }))).toBeUndefined();
  });
  it('duplicates a row right behind it, without its names', () => {
    const tree = treeOf(and(row('a', { id: 'x', path: [0], zoo: 1 }), row('b')));
    const next = change(tree, { do: 'duplicate', key: keyOf(tree, 'a') });
    expect(rowsOf(next)?.rules).toEqual([row('a', { id: 'x', path: [0], zoo: 1 }), row('a', { zoo: 1 }), row('b')]);
    expect(next.root.items[1]?.key).toBe(tree.next);
  });
  it('duplicates a group whole, under keys of its own', () => {
    const next = does((key) => ({ do: 'duplicate', key: key('b') - 1 }));
    expect(shape(next.root)).toBe('(a (b c) (b c) d)');
    expect(placesOf(next).size).toBe(9);
  });
  it.each([
    ['d', -1, '(a (b c d))'],
    ['a', 1, '((a b c) d)'],
    ['c', 1, '(a (b) c d)'],
    ['b', -1, '(a b (c) d)'],
    ['b', 1, '(a (c b) d)'],
    ['a', -1, '(a (b c) d)'],
    ['d', 1, '(a (b c) d)'],
  ] as const)('moves %s by %i: %s', (field, by, wanted) => {
    expect(shape(does((key) => ({ do: 'move', key: key(field), by })).root)).toBe(wanted);
    const tree = start();
    expect(canMove(tree.root, keyOf(tree, field), by)).toBe(wanted !== '(a (b c) d)');
  });
  it('moves a group as a whole, and never into another', () => {
    const tree = treeOf(and(or(row('a')) as RuleRow, or(row('b')) as RuleRow));
    expect(shape(change(tree, { do: 'move', key: 1, by: 1 }).root)).toBe('((b) (a))');
  });
  it('leaves no empty group behind when the last row leaves it', () => {
    const tree = treeOf(and(row('a'), or(row('b')) as RuleRow));
    const next = change(tree, { do: 'move', key: keyOf(tree, 'b'), by: 1 });
    expect(shape(next.root)).toBe('(a b)');
    expect(keyOf(next, 'b')).toBe(keyOf(tree, 'b'));
  });
  it('joins and negates a group, and leaves the rest of it', () => {
    const tree = treeOf({ ...and(row('a')), id: 'g' } as RuleGroup);
    const next = change(tree, { do: 'join', key: 0, by: 'or', not: true });
    expect(rowsOf(next)).toEqual({ id: 'g', combinator: 'or', not: true, rules: [row('a')] });
    expect(rowsOf(change(next, { do: 'join', key: 0, by: 'and', not: false }))).toEqual({
      id: 'g',
      combinator: 'and',
      rules: [row('a')],
    });
  });
  it('keeps what it does not change', () => {
    const tree = start();
    const next = change(tree, { do: 'value', key: keyOf(tree, 'd'), value: 2 });
    expect(next.root.items[1]).toBe(tree.root.items[1]);
    expect(change(tree, { do: 'value', key: 99, value: 2 }).root).toBe(tree.root);
  });
});

describe('a row', () => {
  const field = (to: string, kind: string, like: boolean) => ({ do: 'field', field: to, kind, like });
  it('looks at something else of the same kind and keeps its value', () => {
    expect(rowAfter(row('a', { operator: '<', zoo: 1 }), field('b', 'number', true))).toEqual(
      row('b', { operator: '<', zoo: 1 }),
    );
  });
  it('gives up a value that does not fit any more', () => {
    expect(rowAfter(row('a', { operator: '<', valueSource: 'field' }), field('b', 'bool', false))).toEqual({
      field: 'b',
      operator: '=',
    });
  });
  it('begins with the first operator of the kind', () => {
    expect(rowAfter({}, field('b', 'list', false))).toEqual({ field: 'b', operator: 'contains' });
  });
  it.each([
    ['=', 'a', 'in', ['a']],
    ['in', ['a', 'b'], '=', 'a'],
    ['in', 'a, b', 'notIn', 'a, b'],
    ['in', 'a, b', '=', 'a'],
    ['in', [1, 2, 3], 'between', [1, 2]],
    ['between', [1, 2], 'notBetween', [1, 2]],
    ['between', [1, 2], '<', 1],
    ['null', undefined, '=', undefined],
    ['=', 'a', 'null', undefined],
    ['in', [], '=', undefined],
  ])('turns %s %j into %s %j', (from, value, to, wanted) => {
    const next = rowAfter({ field: 'a', operator: from, value }, { do: 'operator', operator: to });
    expect([next?.operator, next?.value]).toEqual([to, wanted]);
  });
  it('compares with another field, and back', () => {
    const other = rowAfter(row('a'), { do: 'source', source: 'field' });
    expect(other).toEqual({ field: 'a', operator: '=', valueSource: 'field' });
    expect(rowAfter({ ...other, value: 'b' }, { do: 'source', source: 'value' })).toEqual({
      field: 'a',
      operator: '=',
    });
  });
});
