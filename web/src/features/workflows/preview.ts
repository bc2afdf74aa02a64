import type { Definition, DocumentField, FieldView, FormView, Mode } from '@/api/types';
import { type LayoutItem, opened } from '@/lib/definition';

/**
 * The form of a definition as somebody meets it in a step. Rules stay away: without values and
 * without a person there is nothing to decide by, so every field shows.
 */
export function previewForm(document: Definition, stepId: string): FormView {
  const step = document.steps?.find((s) => s.id === stepId);
  const start = step?.type === 'start';
  const fields = (document.form?.fields ?? []).flatMap((field) => {
    const mode = modeOf(field, step?.fields?.[field.name], start);
    return mode === 'hidden' ? [] : [viewOf(field, mode)];
  });
  const shown = new Set(fields.map((field) => field.name));
  const layout = opened(document).form?.layout ?? [];
  const whole = layout.length > 0 ? layout : [{ section: 'Details', items: fields.map((f) => ({ field: f.name })) }];
  return { fields, layout: prune(whole, shown) };
}

function modeOf(field: DocumentField, entry: string | undefined, start: boolean): Mode | 'hidden' {
  const mode = entry ?? (start ? 'edit' : 'read');
  if (mode === 'hidden') return 'hidden';
  if (mode === 'read' || field.calculate || field.type === 'note') return 'read';
  return field.required || mode === 'required' ? 'required' : 'edit';
}

function viewOf(field: DocumentField, mode: Mode): FieldView {
  const { calculate: _c, visible_when: _v, rules: _r, columns, ...plain } = field;
  return {
    ...plain,
    label: field.label || field.name.charAt(0).toUpperCase() + field.name.slice(1).replaceAll('_', ' '),
    mode,
    columns: columns?.map((column) => viewOf(column, mode)),
  };
}

function prune(items: LayoutItem[], shown: Set<string>): LayoutItem[] {
  return items.filter((item) => item.field === undefined || shown.has(item.field));
}
