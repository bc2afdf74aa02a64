import type { RuleGroup, RuleRow } from '@/api/types';
import type { Kind } from '@/lib/rule';
import { listOf, operatorsOf, placeIn, rowOperator } from '@/lib/rule/rows';

/**
 * The rows of a rule while they are edited: each entry under a key of its own, so that it can be moved
 * and still be the same. What is stored has no keys, and keeps every member that nobody here knows.
 */
export type Node = RowNode | GroupNode;
export type RowNode = { key: number; row: RuleRow };
export type GroupNode = { key: number; group: Omit<RuleGroup, 'rules'>; items: Node[] };
export type Tree = { root: GroupNode; next: number };

export const isGroupNode = (node: Node): node is GroupNode => 'items' in node;

/** Takes rows apart for editing; without any, an empty rule. */
export function treeOf(rows: RuleGroup | undefined): Tree {
  let next = 0;
  const group = ({ rules = [], ...rest }: RuleGroup): GroupNode => ({
    key: next++,
    group: rest,
    items: rules.map((rule) => (rule.rules ? group(rule) : { key: next++, row: rule })),
  });
  const root = group(rows ?? { combinator: 'and' });
  return { root, next };
}

/** Puts the rows together as they are stored; undefined when there are none. */
export function rowsOf({ root }: Tree): RuleGroup | undefined {
  const group = ({ group: rest, items }: GroupNode): RuleGroup => ({
    ...rest,
    rules: items.map((item) => (isGroupNode(item) ? group(item) : item.row)),
  });
  return root.items.length > 0 ? group(root) : undefined;
}

export type Action =
  | { do: 'add'; to: number; what: 'row' | 'group' }
  | { do: 'remove'; key: number }
  | { do: 'duplicate'; key: number }
  | { do: 'move'; key: number; by: -1 | 1 }
  | { do: 'join'; key: number; by: 'and' | 'or'; not: boolean }
  /** Looks at another variable: its kind says what is left of the operator and the value. */
  | { do: 'field'; key: number; field: string; kind: Kind; like: boolean }
  | { do: 'operator'; key: number; operator: string }
  | { do: 'value'; key: number; value: unknown }
  | { do: 'source'; key: number; source: 'value' | 'field' };

export function change(tree: Tree, action: Action): Tree {
  switch (action.do) {
    case 'add':
      return add(tree, action.to, action.what);
    case 'remove':
      return { ...tree, root: without(tree.root, action.key) };
    case 'duplicate':
      return duplicate(tree, action.key);
    case 'move':
      return { ...tree, root: move(tree.root, action.key, action.by) };
    case 'join':
      return onGroup(tree, action.key, ({ not: _, ...group }) => ({
        ...group,
        combinator: action.by,
        ...(action.not && { not: true }),
      }));
    case 'field':
      return onRow(tree, action.key, (row) => withField(row, action.field, action.kind, action.like));
    case 'operator':
      return onRow(tree, action.key, (row) => withOperator(row, action.operator));
    case 'value':
      return onRow(tree, action.key, (row) => ({ ...row, value: action.value }));
    case 'source':
      return onRow(tree, action.key, ({ valueSource: _, value: __, ...row }) =>
        action.source === 'field' ? { ...row, valueSource: 'field' } : row,
      );
  }
}

/** Every node, from the top down, with the number people see: "3.1"; the whole rule has none. */
export function placesOf({ root }: Tree): Map<number, string> {
  const places = new Map<number, string>();
  const walk = (node: Node, at: string): void => {
    places.set(node.key, at);
    if (isGroupNode(node)) for (const [i, item] of node.items.entries()) walk(item, placeIn(at, i));
  };
  walk(root, '');
  return places;
}

/** The node with a number: "3.1". */
export function nodeAt({ root }: Tree, at: string): Node | undefined {
  const steps = at ? at.split('.').map((step) => Number(step) - 1) : [];
  return steps.reduce<Node | undefined>((node, i) => (node && isGroupNode(node) ? node.items[i] : undefined), root);
}

/** Changes one node, wherever it is. What does not change stays the same object. */
function on(node: Node, key: number, f: (node: Node) => Node): Node {
  if (node.key === key) return f(node);
  if (!isGroupNode(node)) return node;
  const items = node.items.map((item) => on(item, key, f));
  return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
}

const onRow = (tree: Tree, key: number, f: (row: RuleRow) => RuleRow): Tree => ({
  ...tree,
  root: on(tree.root, key, (node) => (isGroupNode(node) ? node : { ...node, row: f(node.row) })) as GroupNode,
});

const onGroup = (tree: Tree, key: number, f: (group: GroupNode['group']) => GroupNode['group']): Tree => ({
  ...tree,
  root: on(tree.root, key, (node) => (isGroupNode(node) ? { ...node, group: f(node.group) } : node)) as GroupNode,
});

/** A new group brings its first row along: without one it would hold for everybody. */
function add({ root, next }: Tree, to: number, what: 'row' | 'group'): Tree {
  const row = (key: number): RowNode => ({ key, row: {} });
  const node: Node = what === 'row' ? row(next) : { key: next, group: { combinator: 'or' }, items: [row(next + 1)] };
  const put = (into: Node) => (isGroupNode(into) ? { ...into, items: [...into.items, node] } : into);
  return { root: on(root, to, put) as GroupNode, next: next + (what === 'row' ? 1 : 2) };
}

/** Takes a node out, and with it every group that it leaves empty. */
function without(root: GroupNode, key: number): GroupNode {
  const prune = (group: GroupNode): GroupNode => {
    const items = group.items.flatMap((item): Node[] => {
      if (item.key === key) return [];
      if (!isGroupNode(item)) return [item];
      const pruned = prune(item);
      return pruned.items.length === 0 && item.items.length > 0 ? [] : [pruned];
    });
    return items.length === group.items.length && items.every((item, i) => item === group.items[i])
      ? group
      : { ...group, items };
  };
  return prune(root);
}

/** The parent of a node and where it is in it. */
export function whereIs(root: GroupNode, key: number): { parent: GroupNode; at: number } | undefined {
  const at = root.items.findIndex((item) => item.key === key);
  if (at >= 0) return { parent: root, at };
  for (const item of root.items) {
    const found = isGroupNode(item) ? whereIs(item, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

const insert = (root: GroupNode, into: number, at: number, node: Node): GroupNode =>
  on(root, into, (group) =>
    isGroupNode(group) ? { ...group, items: group.items.toSpliced(at, 0, node) } : group,
  ) as GroupNode;

/** An equal one right behind it. What names an entry uniquely is not repeated. */
function duplicate(tree: Tree, key: number): Tree {
  let { next } = tree;
  const nameless = <T extends object>({ id: _, path: __, ...rest }: T & { id?: unknown; path?: unknown }) => rest;
  const copy = (node: Node): Node =>
    isGroupNode(node)
      ? { key: next++, group: nameless(node.group), items: node.items.map(copy) }
      : { key: next++, row: nameless(node.row) };
  const place = whereIs(tree.root, key);
  if (!place) return tree;
  const node = copy(place.parent.items[place.at] as Node);
  return { root: insert(tree.root, place.parent.key, place.at + 1, node), next };
}

/**
 * One step up or down, as it is read: a row enters the group that it meets, and whatever stands at the
 * edge of a group leaves it.
 */
function move(root: GroupNode, key: number, by: -1 | 1): GroupNode {
  const place = whereIs(root, key);
  if (!place) return root;
  const { parent, at } = place;
  const node = parent.items[at] as Node;
  const met = parent.items[at + by];
  if (met && isGroupNode(met) && !isGroupNode(node)) {
    return insert(without(root, key), met.key, by < 0 ? met.items.length : 0, node);
  }
  if (met) return insert(without(root, key), parent.key, at + by, node);
  const above = whereIs(root, parent.key);
  if (!above) return root;
  // Put in first: when it was the last of its group, the group goes and would take the place with it.
  const outside = insert(root, above.parent.key, above.at + (by < 0 ? 0 : 1), { ...node, key: -1 });
  return on(without(outside, key), -1, () => node) as GroupNode;
}

/** Whether one step in a direction changes anything. */
export const canMove = (root: GroupNode, key: number, by: -1 | 1): boolean => move(root, key, by) !== root;

function withField(row: RuleRow, field: string, kind: Kind, like: boolean): RuleRow {
  const operators = operatorsOf(kind);
  const kept = row.operator && operators.includes(row.operator) ? row.operator : undefined;
  const next = withOperator({ ...row, field }, kept ?? operators[0] ?? '');
  if (like) return next;
  const { value: _, valueSource: __, ...bare } = next;
  return bare;
}

/** Another operator keeps of the values what it can take. */
function withOperator(row: RuleRow, operator: string): RuleRow {
  const { value, ...rest } = row;
  const count = rowOperator(operator)?.values;
  const before = rowOperator(row.operator)?.values;
  if (count === 0) {
    const { valueSource: _, ...bare } = rest;
    return { ...bare, operator };
  }
  if (before === count || value === undefined) return { ...row, operator };
  const values = before === 1 ? [value] : listOf(value);
  if (count === 1) return { ...rest, operator, ...(values[0] !== undefined && { value: values[0] }) };
  return { ...row, operator, value: count === 2 ? values.slice(0, 2) : values };
}
