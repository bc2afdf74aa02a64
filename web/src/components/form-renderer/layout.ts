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

/** Errors in the order in which the fields stand on the page. */
export function inPageOrder(form: FormView, errors: Record<string, string>): [path: string, message: string][] {
  const order = layoutOf(form).flatMap(fieldsOf);
  const rank = (path: string) => {
    const at = order.indexOf(fieldOf(path));
    return at < 0 ? order.length : at;
  };
  return Object.entries(errors).sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }));
}

export const byName = (fields: FieldView[]): Map<string, FieldView> => new Map(fields.map((f) => [f.name, f]));
