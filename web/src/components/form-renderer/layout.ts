import type { FieldView, FormView, Item } from '@/api/types';

/** The fields below an item, in order. */
export function fieldsOf(item: Item): string[] {
  if (item.field) return [item.field];
  const inner = [item.items, item.columns, item.rows, item.grid, ...(item.tabs ?? []).map((tab) => tab.items)];
  return inner.flatMap((items) => (items ?? []).flatMap(fieldsOf));
}

/** The layout of the form; fields that it forgets follow at the end, so that nothing is ever lost. */
export function layoutOf(form: FormView): Item[] {
  const layout = form.layout ?? [];
  const placed = new Set(layout.flatMap(fieldsOf));
  const rest = form.fields.filter((field) => !placed.has(field.name)).map((field) => ({ field: field.name }));
  return rest.length > 0 ? [...layout, ...rest] : layout;
}

/** The first part of a path is its field: "items" of "items.0.cost". */
export const fieldOf = (path: string): string => path.split('.')[0] ?? path;

/** The id of the control for a path. */
export const controlId = (prefix: string, path: string): string => `${prefix}-${path.replaceAll('.', '-')}`;

/** Errors in the order in which the fields stand on the page, those of a table row by row. */
export function inPageOrder(form: FormView, errors: Record<string, string>): [path: string, message: string][] {
  const order = layoutOf(form).flatMap(fieldsOf);
  const place = (list: string[], name: string) => {
    const at = list.indexOf(name);
    return at < 0 ? list.length : at;
  };
  const rank = (path: string): number[] => {
    const [field = '', row = '0', column = ''] = path.split('.');
    const columns = form.fields.find((f) => f.name === field)?.columns?.map((c) => c.name) ?? [];
    return [place(order, field), Number(row), place(columns, column)];
  };
  const ranked = Object.entries(errors).map((entry) => ({ entry, rank: rank(entry[0]) }));
  ranked.sort((a, b) => a.rank.map((r, i) => r - (b.rank[i] ?? 0)).find((d) => d !== 0) ?? 0);
  return ranked.map(({ entry }) => entry);
}

export const byName = (fields: FieldView[]): Map<string, FieldView> => new Map(fields.map((f) => [f.name, f]));
