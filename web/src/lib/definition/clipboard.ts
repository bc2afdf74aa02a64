import type { Definition, DocumentField, LayoutItem } from './document';
import { fieldsOf } from './document';
import { freshCopy } from './form';
import {
  deepest,
  depthOf,
  heightOf,
  type ItemPath,
  insertAt,
  itemAt,
  layoutOf,
  namesIn,
  type Place,
  pathAt,
} from './layout';

/** A part of a form as it lies in the clipboard, as text, so that it goes from one window to another. */
type Copied = { handstamp: 'form'; item: LayoutItem; fields: DocumentField[] };

/** The text of an entry with its fields; undefined when there is none. */
export function copyText(doc: Definition, path: ItemPath): string | undefined {
  const item = itemAt(layoutOf(doc), path);
  if (!item) return undefined;
  const inside = new Set(namesIn(item));
  const copied: Copied = { handstamp: 'form', item, fields: fieldsOf(doc).filter((f) => inside.has(f.name)) };
  return JSON.stringify(copied);
}

/** What a text holds, if it is a part of a form. Other texts in the clipboard are nobody's fault. */
export function readCopy(text: string): Copied | undefined {
  let found: Partial<Copied>;
  try {
    found = JSON.parse(text) as Partial<Copied>;
  } catch {
    return undefined;
  }
  if (found?.handstamp !== 'form' || typeof found.item !== 'object' || !Array.isArray(found.fields)) return undefined;
  if (found.item === null || !found.fields.every((f) => typeof f?.name === 'string' && typeof f?.type === 'string'))
    return undefined;
  const there = new Set(found.fields.map((f) => f.name));
  try {
    return namesIn(found.item).every((name) => there.has(name)) ? (found as Copied) : undefined;
  } catch {
    return undefined;
  }
}

/** Puts a part of a form into this one, under names that are free here. Answers the same document when it has no room. */
export function pasteText(doc: Definition, text: string, at: Place): { doc: Definition; path?: ItemPath } {
  const copied = readCopy(text);
  if (!copied || depthOf(at.list) + heightOf(copied.item) > deepest) return { doc };
  const { item, fields } = freshCopy(doc, copied.item, copied.fields);
  const form = {
    ...doc.form,
    fields: [...fieldsOf(doc), ...fields],
    layout: insertAt(layoutOf(doc), at, [item]),
  };
  return { doc: { ...doc, form }, path: pathAt(at) };
}
