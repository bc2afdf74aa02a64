import type { Definition, LayoutItem } from './document';

/**
 * A place in the layout, as problems of the server name it below form.layout: "0", "0.items.1",
 * "2.tabs.0.items.1". "2.tabs.0" is a tab.
 */
export type ItemPath = string;
/** Where something is put: a list of entries, "" for the outermost one, and before which of them. */
export type Place = { list: string; index: number };

export const containers = ['items', 'columns', 'rows', 'grid'] as const;
export type Container = (typeof containers)[number];
/** How deep the server lets entries nest. */
export const deepest = 8;

/** What an entry of the layout is. */
export type ItemKind = 'field' | 'section' | 'columns' | 'rows' | 'grid' | 'tabs' | 'divider';
export function kindOf(item: LayoutItem): ItemKind {
  if (item.field !== undefined) return 'field';
  if (item.section !== undefined) return 'section';
  if (item.tabs) return 'tabs';
  if (item.columns) return 'columns';
  if (item.rows) return 'rows';
  return item.grid ? 'grid' : 'divider';
}

/** The list of entries that an entry holds directly, by its name; none for a field, a divider and tabs. */
export function listOf(item: LayoutItem): Container | undefined {
  if (item.section !== undefined) return 'items';
  return (['columns', 'rows', 'grid'] as const).find((name) => item[name] !== undefined);
}

/** The layout of a form; where none is said, its fields in order. Fields without a place follow at the end. */
export function layoutOf(doc: Definition): LayoutItem[] {
  const layout = doc.form?.layout ?? [];
  const placed = new Set(layout.flatMap(namesIn));
  const rest = (doc.form?.fields ?? []).filter((f) => !placed.has(f.name)).map((f) => ({ field: f.name }));
  return rest.length > 0 ? [...layout, ...rest] : layout;
}

/** The fields in an entry and below it, in order. */
export function namesIn(item: LayoutItem): string[] {
  if (item.field !== undefined) return [item.field];
  const below = [...containers.map((name) => item[name] ?? []), ...(item.tabs ?? []).map((tab) => tab.items ?? [])];
  return below.flat().flatMap(namesIn);
}

const step = (path: string): (string | number)[] =>
  path === '' ? [] : path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));

type Node = LayoutItem | LayoutItem[] | { label: string; items: LayoutItem[] } | NonNullable<LayoutItem['tabs']>;

function reach(layout: LayoutItem[], path: string): Node | undefined {
  let at: unknown = layout;
  for (const part of step(path)) at = (at as Record<string | number, unknown> | undefined)?.[part];
  return at as Node | undefined;
}

export const itemAt = (layout: LayoutItem[], path: ItemPath): LayoutItem | undefined =>
  path === '' ? undefined : (reach(layout, path) as LayoutItem | undefined);

/** The entries of a list: of "", "0.items", "2.tabs.0.items". */
export const entriesAt = (layout: LayoutItem[], list: string): LayoutItem[] => {
  const found = reach(layout, list);
  return Array.isArray(found) ? (found as LayoutItem[]) : [];
};

/** The list in which an entry stands, and where. */
export function placeOf(path: ItemPath): Place {
  const parts = path.split('.');
  return { list: parts.slice(0, -1).join('.'), index: Number(parts.at(-1)) };
}

export const pathAt = ({ list, index }: Place): ItemPath => (list === '' ? String(index) : `${list}.${index}`);

/** The entry around another one; a tab for what is in it, the tabs for a tab; undefined at the top. */
export function parentOf(path: ItemPath): ItemPath | undefined {
  const parts = path.split('.');
  return parts.length < 3 ? undefined : parts.slice(0, -2).join('.');
}

/** Where a field stands. */
export function pathOfField(layout: LayoutItem[], name: string): ItemPath | undefined {
  let found: ItemPath | undefined;
  walk(layout, (item, path) => {
    if (item.field === name) found = path;
  });
  return found;
}

/** Every entry with its path, in the order of reading. Tabs are entries with `label`. */
export function walk(
  layout: LayoutItem[],
  visit: (item: LayoutItem, path: ItemPath, depth: number) => void,
  list = '',
  depth = 0,
): void {
  layout.forEach((item, index) => {
    const path = pathAt({ list, index });
    visit(item, path, depth);
    for (const name of containers) {
      if (item[name]) walk(item[name], visit, `${path}.${name}`, depth + 1);
    }
    item.tabs?.forEach((tab, n) => {
      walk(tab.items ?? [], visit, `${path}.tabs.${n}.items`, depth + 1);
    });
  });
}

/** A copy in which what stands at a path was replaced. */
function put<T>(whole: T, parts: (string | number)[], change: (old: unknown) => unknown): T {
  const [part, ...rest] = parts;
  if (part === undefined) return change(whole) as T;
  const copy = (Array.isArray(whole) ? [...whole] : { ...whole }) as Record<string | number, unknown>;
  copy[part] = put(copy[part], rest, change);
  return copy as T;
}

export const changeAt = (layout: LayoutItem[], path: string, change: (old: LayoutItem) => LayoutItem): LayoutItem[] =>
  put(layout, step(path), (old) => change(old as LayoutItem));

/** Puts entries into a list. */
export function insertAt(layout: LayoutItem[], { list, index }: Place, items: LayoutItem[]): LayoutItem[] {
  return put(layout, step(list), (old) => {
    const entries = (old ?? []) as LayoutItem[];
    return [...entries.slice(0, index), ...items, ...entries.slice(index)];
  });
}

export function removeAt(layout: LayoutItem[], path: ItemPath): LayoutItem[] {
  const { list, index } = placeOf(path);
  return put(layout, step(list), (old) => (old as LayoutItem[]).filter((_, i) => i !== index));
}

/** Why an entry cannot be put somewhere, in words; undefined when it can. */
export function refusal(layout: LayoutItem[], from: ItemPath, to: Place): string | undefined {
  if (to.list === from || to.list.startsWith(`${from}.`)) return 'Nothing can be put into itself.';
  const moved = itemAt(layout, from);
  if (moved && depthOf(to.list) + heightOf(moved) > deepest) return `Forms nest ${deepest} levels deep at most.`;
  return undefined;
}

/** How deep the entries of a list lie, the outermost at 1. */
export const depthOf = (list: string): number => 1 + (list.match(/items|columns|rows|grid/g)?.length ?? 0);

/** How many levels an entry takes. */
export function heightOf(item: LayoutItem): number {
  const below = [
    ...containers.map((name) => item[name] ?? []),
    ...(item.tabs ?? []).map((tab) => tab.items ?? []),
  ].flat();
  return 1 + Math.max(0, ...below.map(heightOf));
}

const gone: LayoutItem = {};

/** Moves an entry. Answers the same layout when it cannot go there or is there already. */
export function moveTo(layout: LayoutItem[], from: ItemPath, to: Place): { layout: LayoutItem[]; path: ItemPath } {
  const moved = itemAt(layout, from);
  const here = placeOf(from);
  const same = here.list === to.list && (to.index === here.index || to.index === here.index + 1);
  if (!moved || same || refusal(layout, from, to)) return { layout, path: from };
  // What moves leaves a mark, so that no path shifts before it has arrived.
  const marked = changeAt(layout, from, () => gone);
  const both = insertAt(marked, to, [moved]);
  const cleared = without(both, gone);
  return { layout: cleared, path: find(cleared, moved) ?? from };
}

function without(items: LayoutItem[], what: LayoutItem): LayoutItem[] {
  if (items.some((item) => item === what)) return items.filter((item) => item !== what);
  const next = items.map((item) => {
    const copy = { ...item };
    for (const name of containers) if (item[name]) copy[name] = without(item[name], what);
    if (item.tabs) copy.tabs = item.tabs.map((tab) => ({ ...tab, items: without(tab.items ?? [], what) }));
    return copy;
  });
  return next;
}

/** An entry that moved is told by what is in it: it was not changed on the way. */
function find(layout: LayoutItem[], what: LayoutItem): ItemPath | undefined {
  const text = JSON.stringify(what);
  const candidates: ItemPath[] = [];
  let sure: ItemPath | undefined;
  walk(layout, (item, path) => {
    if (item === what) sure = path;
    else if (JSON.stringify(item) === text) candidates.push(path);
  });
  return sure ?? candidates[0];
}
