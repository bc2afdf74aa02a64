import type { Definition, DocumentField, LayoutItem } from './document';
import { fieldOf, fieldsOf, patched } from './document';
import {
  changeAt,
  containers,
  type ItemPath,
  insertAt,
  itemAt,
  kindOf,
  layoutOf,
  moveTo,
  namesIn,
  type Place,
  pathOfField,
  placeOf,
  removeAt,
} from './layout';
import { freeName, nameFor } from './names';
import { mapRules, mentionsField, renameAllInRule, renameColumnInRule, renameInRule } from './rules';

const withForm = (doc: Definition, form: Definition['form']): Definition => ({
  ...doc,
  form: { ...doc.form, ...form },
});

const names = (doc: Definition) => fieldsOf(doc).map((f) => f.name);

/** Adds a field at a place. Its name is made unique. */
export function addField(doc: Definition, field: DocumentField, at: Place): Definition {
  const named = { ...field, name: freeName(field.name, names(doc)) };
  const layout = insertAt(layoutOf(doc), at, [{ field: named.name }]);
  return withForm(doc, { fields: [...fieldsOf(doc), named], layout });
}

export const addItem = (doc: Definition, item: LayoutItem, at: Place): Definition =>
  withForm(doc, { layout: insertAt(layoutOf(doc), at, [item]) });

export function moveItem(doc: Definition, from: ItemPath, to: Place): { doc: Definition; path: ItemPath } {
  const before = layoutOf(doc);
  const { layout, path } = moveTo(before, from, to);
  return { doc: layout === before ? doc : withForm(doc, { layout }), path };
}

export function changeItem(doc: Definition, path: ItemPath, patch: Partial<LayoutItem>): Definition {
  return withForm(doc, { layout: changeAt(layoutOf(doc), path, (old) => ({ ...old, ...patch })) });
}

/** Removes an entry with the fields in it, and what is said of them in steps. Rules that name them stay, to be seen to. */
export function removeItem(doc: Definition, path: ItemPath): Definition {
  const layout = layoutOf(doc);
  const item = itemAt(layout, path);
  if (!item) return doc;
  const away = new Set(namesIn(item));
  const forgotten = [...away].reduce(forgetField, doc);
  return withForm(forgotten, {
    fields: fieldsOf(doc).filter((f) => !away.has(f.name)),
    layout: removeAt(layout, path),
  });
}

function forgetField(doc: Definition, name: string): Definition {
  const column = (modes: Record<string, string> | undefined) => {
    if (!modes || !(name in modes)) return modes;
    const { [name]: _, ...rest } = modes;
    return rest;
  };
  const steps = doc.steps?.map((s) =>
    patched(s, { fields: column(s.fields), unbound: s.unbound?.filter((f) => f !== name) }),
  );
  const audiences =
    doc.audiences &&
    Object.fromEntries(Object.entries(doc.audiences).map(([audience, modes]) => [audience, column(modes) ?? {}]));
  return patched(doc, { steps, audiences });
}

/** Where the definition names a field, in words, apart from its place in the form. */
export function usesOfField(doc: Definition, name: string): string[] {
  const uses = new Set<string>();
  const blind = withForm(doc, { fields: fieldsOf(doc).filter((f) => f.name !== name) });
  const seen = (where: string, part: Definition) => {
    mapRules(part, (source) => {
      if (mentionsField(source, name)) uses.add(where);
      return source;
    });
  };
  const { form, steps, ...rest } = blind;
  seen('the workflow', rest as Definition);
  for (const field of form?.fields ?? [])
    seen(`the field “${field.label || field.name}”`, { ...bare, form: { fields: [field] } });
  for (const s of steps ?? []) {
    seen(`the step “${s.name || s.id}”`, { ...bare, steps: [s] });
    const groups = s.vote?.groups ?? [];
    const asked = [s.assignee, ...groups.map((g) => g.assignee)].some((a) => a?.field === name);
    const { by, each, take } = s.starts ?? {};
    if (asked || by === name || each === name || (!each && name in (take ?? {})))
      uses.add(`the step “${s.name || s.id}”`);
  }
  const { from, until, period, stand_in } = doc.absence ?? {};
  if ([from, until, period, stand_in].includes(name)) uses.add('the absence that it enters');
  return [...uses];
}
const bare: Definition = { key: '', name: '' };

/** Where the rest of the definition names the fields in an entry: what would miss them if the entry went. */
export function usesOfItem(doc: Definition, path: ItemPath): { field: DocumentField; uses: string[] }[] {
  const item = itemAt(layoutOf(doc), path);
  const away = new Set(item ? namesIn(item) : []);
  return fieldsOf(doc)
    .filter((field) => away.has(field.name))
    .map((field) => {
      const fields = fieldsOf(doc).filter((f) => f === field || !away.has(f.name));
      return { field, uses: usesOfField(withForm(doc, { fields }), field.name) };
    })
    .filter(({ uses }) => uses.length > 0);
}

/**
 * Duplicates an entry behind itself. Fields in it get names of their own; where they speak of each
 * other, the copies speak of the copies.
 */
export function duplicateItem(doc: Definition, path: ItemPath): { doc: Definition; path: ItemPath } {
  const layout = layoutOf(doc);
  const item = itemAt(layout, path);
  if (!item) return { doc, path };
  const { list, index } = placeOf(path);
  const at = { list, index: index + 1 };
  const { fields, item: copy } = freshCopy(
    doc,
    item,
    namesIn(item).flatMap((name) => fieldOf(doc, name) ?? []),
  );
  const next = withForm(doc, { fields: [...fieldsOf(doc), ...fields], layout: insertAt(layout, at, [copy]) });
  return { doc: next, path: list === '' ? String(at.index) : `${list}.${at.index}` };
}

/** An entry with its fields under names that are free here. */
export function freshCopy(doc: Definition, item: LayoutItem, fields: DocumentField[]) {
  const taken = new Set(names(doc));
  const renamed = new Map<string, string>();
  for (const { name } of fields) {
    const free = freeName(name, taken);
    taken.add(free);
    renamed.set(name, free);
  }
  const copies = mapRules({ ...bare, form: { fields: structuredClone(fields) } }, (source) =>
    renameAllInRule(source, renamed),
  );
  const out = (copies.form?.fields ?? []).map((f) => ({ ...f, name: renamed.get(f.name) ?? f.name }));
  return { fields: out, item: renamedItem(structuredClone(item), renamed) };
}

function renamedItem(item: LayoutItem, renamed: Map<string, string>): LayoutItem {
  if (item.field !== undefined) return { ...item, field: renamed.get(item.field) ?? item.field };
  const out = { ...item };
  for (const name of containers) if (item[name]) out[name] = item[name].map((inner) => renamedItem(inner, renamed));
  if (item.tabs)
    out.tabs = item.tabs.map((tab) => ({ ...tab, items: tab.items.map((inner) => renamedItem(inner, renamed)) }));
  return out;
}

/** Sets members of a field; undefined takes one away. */
export function changeField(doc: Definition, name: string, patch: Partial<DocumentField>): Definition {
  return withForm(doc, { fields: fieldsOf(doc).map((f) => (f.name === name ? patched(f, patch) : f)) });
}

/** Sets what a field begins with, or nothing: No is an answer, too. It begins with a value or with what a rule gives. */
export function setDefault(doc: Definition, name: string, value: unknown): Definition {
  const plain = changeField(doc, name, { default: undefined, default_rule: undefined });
  if (value === undefined || value === null || value === '') return plain;
  return withForm(plain, { fields: fieldsOf(plain).map((f) => (f.name === name ? { ...f, default: value } : f)) });
}

/** Gives a field another name wherever the definition speaks of it. Nothing happens when the name is taken. */
export function renameField(doc: Definition, from: string, to: string): Definition {
  if (from === to || !fieldOf(doc, from) || names(doc).includes(to)) return doc;
  const name = (given: string | undefined) => (given === from ? to : given);
  const key = <T>(record: Record<string, T> | undefined) =>
    record && Object.fromEntries(Object.entries(record).map(([k, v]) => [name(k) as string, v]));
  const ruled = mapRules(doc, (source) => renameInRule(source, from, to));
  const place = pathOfField(doc.form?.layout ?? [], from);
  const out = withForm(ruled, {
    fields: fieldsOf(ruled).map((f) => (f.name === from ? { ...f, name: to } : f)),
    ...(place !== undefined && { layout: changeAt(doc.form?.layout ?? [], place, () => ({ field: to })) }),
  });
  const steps = out.steps?.map((s) => {
    const starts = s.starts && {
      ...s.starts,
      ...(s.starts.by && { by: name(s.starts.by) }),
      ...(s.starts.each && { each: name(s.starts.each) }),
      // With a table the keys are its columns, else fields of this form.
      ...(s.starts.take && { take: s.starts.each ? s.starts.take : key(s.starts.take) }),
    };
    const groups = s.vote?.groups?.map((g) =>
      g.assignee?.field === from ? { ...g, assignee: { ...g.assignee, field: to } } : g,
    );
    return {
      ...s,
      ...(s.assignee?.field === from && { assignee: { ...s.assignee, field: to } }),
      ...(groups && { vote: { ...s.vote, groups } }),
      ...(s.fields && { fields: key(s.fields) }),
      ...(s.unbound && { unbound: s.unbound.map((f) => name(f) as string) }),
      ...(starts && { starts }),
    };
  });
  if (steps) out.steps = steps;
  if (doc.audiences) {
    out.audiences = Object.fromEntries(Object.entries(doc.audiences).map(([who, modes]) => [who, key(modes) ?? {}]));
  }
  if (doc.absence) {
    const { absence } = doc;
    out.absence = patched(absence, {
      from: name(absence.from),
      until: name(absence.until),
      period: name(absence.period),
      stand_in: name(absence.stand_in),
    });
  }
  return out;
}

/** Labels a field. Where its name is to follow, it gets the one that belongs to the label; answers the name it has then. */
export function relabelField(doc: Definition, name: string, label: string | undefined, follow: boolean) {
  const labelled = changeField(doc, name, { label });
  const to =
    follow &&
    nameFor(
      label ?? '',
      names(doc).filter((other) => other !== name),
    );
  return to ? { doc: renameField(labelled, name, to), name: to } : { doc: labelled, name };
}

/** The same for a column of a table. */
export function relabelColumn(
  doc: Definition,
  table: string,
  name: string,
  label: string | undefined,
  follow: boolean,
) {
  const labelled = changeColumn(doc, table, name, { label });
  const others = (fieldOf(doc, table)?.columns ?? []).map((c) => c.name).filter((other) => other !== name);
  const to = follow && nameFor(label ?? '', others);
  return to ? { doc: renameColumn(labelled, table, name, to), name: to } : { doc: labelled, name };
}

/** Adds a column to a table, at the end or before another one. Its name is made unique. */
export function addColumn(doc: Definition, table: string, column: DocumentField, index?: number): Definition {
  const columns = fieldOf(doc, table)?.columns ?? [];
  const named = {
    ...column,
    name: freeName(
      column.name,
      columns.map((c) => c.name),
    ),
  };
  return changeField(doc, table, { columns: columns.toSpliced(index ?? columns.length, 0, named) });
}

export function changeColumn(doc: Definition, table: string, name: string, patch: Partial<DocumentField>): Definition {
  const columns = fieldOf(doc, table)?.columns ?? [];
  return changeField(doc, table, { columns: columns.map((c) => (c.name === name ? patched(c, patch) : c)) });
}

export function removeColumn(doc: Definition, table: string, name: string): Definition {
  const columns = fieldOf(doc, table)?.columns ?? [];
  return changeField(doc, table, { columns: columns.filter((c) => c.name !== name) });
}

export function moveColumn(doc: Definition, table: string, name: string, by: number): Definition {
  const columns = fieldOf(doc, table)?.columns ?? [];
  return changeField(doc, table, {
    columns: shifted(
      columns,
      columns.findIndex((c) => c.name === name),
      by,
    ),
  });
}

/** Gives a column another name, in its table's rules and in what steps start for each row. */
export function renameColumn(doc: Definition, table: string, from: string, to: string): Definition {
  const columns = fieldOf(doc, table)?.columns ?? [];
  if (from === to || columns.some((c) => c.name === to)) return doc;
  const ruled = mapRules(doc, (source) => renameColumnInRule(source, table, from, to));
  const named = changeColumn(ruled, table, from, { name: to });
  if (!named.steps) return named;
  const steps = named.steps.map((s) => {
    if (s.starts?.each !== table) return s;
    const { copy, take, by } = s.starts;
    const starts = {
      ...s.starts,
      ...(by === from && { by: to }),
      ...(copy && { copy: Object.fromEntries(Object.entries(copy).map(([f, c]) => [f, c === from ? to : c])) }),
      ...(take && { take: Object.fromEntries(Object.entries(take).map(([c, what]) => [c === from ? to : c, what])) }),
    };
    return { ...s, starts };
  });
  return { ...named, steps };
}

/** A list in which one entry moved by so many places, as far as there are places. */
export function shifted<T>(list: T[], index: number, by: number): T[] {
  const to = Math.min(list.length - 1, Math.max(0, index + by));
  if (index < 0 || to === index) return list;
  const out = [...list];
  const [moved] = out.splice(index, 1);
  out.splice(to, 0, moved as T);
  return out;
}

/** The tabs of an entry: one more at the end, one away with all that is in it, one moved. */
export function addTab(doc: Definition, path: ItemPath, label: string): Definition {
  const tabs = itemAt(layoutOf(doc), path)?.tabs ?? [];
  return changeItem(doc, path, { tabs: [...tabs, { label, items: [] }] });
}

/** Removes a tab. What was in it goes to the tab before it, or to the next one: tabs are only a way to show fields. */
export function removeTab(doc: Definition, path: ItemPath, n: number): Definition {
  const tabs = itemAt(layoutOf(doc), path)?.tabs ?? [];
  const left = tabs[n]?.items ?? [];
  const heir = n === 0 ? 1 : n - 1;
  if (!tabs[heir]) return doc;
  const next = tabs.map((tab, i) =>
    i === heir ? { ...tab, items: n === 0 ? [...left, ...tab.items] : [...tab.items, ...left] } : tab,
  );
  return changeItem(doc, path, { tabs: next.filter((_, i) => i !== n) });
}

/** Takes a frame away and leaves what is in it where it stood. */
export function unwrap(doc: Definition, path: ItemPath): Definition {
  const layout = layoutOf(doc);
  const item = itemAt(layout, path);
  if (!item || kindOf(item) === 'field') return doc;
  const inner = item.tabs
    ? item.tabs.flatMap((tab) => tab.items ?? [])
    : containers.flatMap((name) => item[name] ?? []);
  return withForm(doc, { layout: insertAt(removeAt(layout, path), placeOf(path), inner) });
}
