import type { Definition, LayoutItem } from './document';
import { fieldOf } from './document';
import type { Selection } from './history';
import { layoutKind } from './kinds';
import {
  entriesAt,
  type ItemPath,
  itemAt,
  kindOf,
  layoutOf,
  listOf,
  type Place,
  parentOf,
  pathAt,
  pathOfField,
  placeOf,
  refusal,
  walk,
} from './layout';
import { titled } from './names';

/** How designers move through a form and move what is in it, by keys or by hand. */

/** What is chosen where an entry is chosen: a field by its name, which stays when it moves. */
export function selectionAt(layout: LayoutItem[], path: ItemPath | undefined): Selection {
  const item = path === undefined ? undefined : itemAt(layout, path);
  if (!item || path === undefined) return { kind: 'form' };
  return item.field === undefined ? { kind: 'item', path } : { kind: 'field', name: item.field };
}

/** Where the chosen entry stands; undefined when none of the form's is chosen. */
export function pathOfSelection(doc: Definition, selection: Selection): ItemPath | undefined {
  const layout = layoutOf(doc);
  if (selection.kind === 'field') return pathOfField(layout, selection.name);
  if (selection.kind === 'column') return pathOfField(layout, selection.table);
  if (selection.kind !== 'item') return undefined;
  return itemAt(layout, entryAt(layout, selection.path)) ? entryAt(layout, selection.path) : undefined;
}

/** The entry that a path names or lies in: problems also name tabs and members. */
function entryAt(layout: LayoutItem[], path: string): ItemPath {
  const parts = path.split('.');
  for (let n = parts.length; n > 0; n--) {
    const at = parts.slice(0, n).join('.');
    if (/\d$/.test(at) && !/\.tabs\.\d+$/.test(at) && /^\d/.test(at) && itemAt(layout, at)) return at;
  }
  return path;
}

/** The entry around another one, not the tab. */
export function around(path: ItemPath): ItemPath | undefined {
  const parent = parentOf(path);
  return parent !== undefined && /\.tabs\.\d+$/.test(parent) ? parentOf(parent) : parent;
}

/** The lists that an entry holds; those of tabs one after the other. */
export function listsIn(item: LayoutItem, path: ItemPath): string[] {
  if (item.tabs) return item.tabs.map((_, n) => `${path}.tabs.${n}.items`);
  const list = listOf(item);
  return list ? [`${path}.${list}`] : [];
}

export type Direction = 'up' | 'down' | 'in' | 'out';

/** Where an entry goes that moves by one: past its neighbour, into it, or out of what is around it. */
export function stepPlace(layout: LayoutItem[], path: ItemPath, direction: Direction): Place | undefined {
  const { list, index } = placeOf(path);
  const entries = entriesAt(layout, list);
  const place = {
    up: () => (index > 0 ? { list, index: index - 1 } : beside(layout, path, 0)),
    down: () => (index < entries.length - 1 ? { list, index: index + 2 } : beside(layout, path, 1)),
    out: () => outside(path, 1),
    in: () =>
      into(layout, pathAt({ list, index: index - 1 }), 'end') ??
      into(layout, pathAt({ list, index: index + 1 }), 'begin'),
  }[direction]();
  return place && !refusal(layout, path, place) ? place : undefined;
}

/** Out of a list at its begin or end: into the neighbouring tab, or before or behind what is around it. */
function beside(layout: LayoutItem[], path: ItemPath, side: 0 | 1): Place | undefined {
  const [, tabs, n] = /^(.*)\.tabs\.(\d+)\.items\.\d+$/.exec(path) ?? [];
  if (tabs !== undefined) {
    const next = Number(n) + (side === 1 ? 1 : -1);
    const list = `${tabs}.tabs.${next}.items`;
    if (itemAt(layout, tabs)?.tabs?.[next]) return { list, index: side === 1 ? 0 : entriesAt(layout, list).length };
  }
  return outside(path, side);
}

function outside(path: ItemPath, side: 0 | 1): Place | undefined {
  const parent = around(path);
  if (parent === undefined) return undefined;
  const { list, index } = placeOf(parent);
  return { list, index: index + side };
}

function into(layout: LayoutItem[], path: ItemPath, where: 'begin' | 'end'): Place | undefined {
  const item = itemAt(layout, path);
  const list = item && listsIn(item, path)[0];
  return list === undefined ? undefined : { list, index: where === 'begin' ? 0 : entriesAt(layout, list).length };
}

/** Where a new entry goes: into what is chosen while that is empty, else behind it; at the end when nothing is chosen. */
export function placeBehind(layout: LayoutItem[], path: ItemPath | undefined): Place {
  const item = path === undefined ? undefined : itemAt(layout, path);
  if (!item || path === undefined) return { list: '', index: layout.length };
  const empty = listsIn(item, path).find((list) => entriesAt(layout, list).length === 0);
  if (empty !== undefined) return { list: empty, index: 0 };
  const { list, index } = placeOf(path);
  return { list, index: index + 1 };
}

/** Every place in the order of reading, apart from those in the entry that moves; where it is counts once. */
export function placesIn(layout: LayoutItem[], moving?: ItemPath): Place[] {
  const out: Place[] = [];
  const visit = (list: string) => {
    entriesAt(layout, list).forEach((item, index) => {
      out.push({ list, index });
      for (const inner of listsIn(item, pathAt({ list, index }))) visit(inner);
    });
    out.push({ list, index: entriesAt(layout, list).length });
  };
  visit('');
  if (moving === undefined) return out;
  // Right behind it is where it is.
  const behind = placeOf(moving);
  const same = ({ list, index }: Place) => list === behind.list && index === behind.index + 1;
  return out.filter((place) => !same(place) && !refusal(layout, moving, place));
}

/** What an entry is called. */
export function itemWords(doc: Definition, item: LayoutItem): string {
  if (item.field !== undefined) return fieldOf(doc, item.field)?.label || titled(item.field);
  if (item.section) return item.section;
  return layoutKind(kindOf(item))?.label ?? 'Entry';
}

/** A place in words: "before Last day, in Your leave". What stands there already, when it is its own, is not named. */
export function placeWords(doc: Definition, { list, index }: Place, own?: ItemPath): string {
  const layout = layoutOf(doc);
  const entries = entriesAt(layout, list);
  const here = own === pathAt({ list, index });
  const [before, after] = [entries[here ? index + 1 : index], entries[index - 1]];
  const where = before
    ? `before ${itemWords(doc, before)}`
    : after
      ? `behind ${itemWords(doc, after)}`
      : 'as the first entry';
  const within = list === '' ? undefined : around(`${list}.0`);
  const holder = within === undefined ? undefined : itemAt(layout, within);
  if (!holder) return where;
  const tab = /\.tabs\.(\d+)\.items$/.exec(list)?.[1];
  const name = (tab !== undefined && holder.tabs?.[Number(tab)]?.label) || itemWords(doc, holder);
  return `${where}, in ${name}`;
}

/** The entries one sees, in the order of reading: those in folded ones and in other tabs are left out. */
export function visiblePaths(layout: LayoutItem[], hidden: (path: ItemPath, list: string) => boolean): ItemPath[] {
  const out: ItemPath[] = [];
  const visit = (list: string) => {
    entriesAt(layout, list).forEach((item, index) => {
      const path = pathAt({ list, index });
      out.push(path);
      for (const inner of listsIn(item, path)) if (!hidden(path, inner)) visit(inner);
    });
  };
  visit('');
  return out;
}

/** How many fields and entries a form has. */
export function formCount(doc: Definition): { fields: number; sections: number } {
  let sections = 0;
  walk(layoutOf(doc), (item) => {
    if (item.section !== undefined) sections++;
  });
  return { fields: doc.form?.fields?.length ?? 0, sections };
}
