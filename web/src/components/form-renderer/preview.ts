import type { FieldView, FormView, Mode } from '@/api/types';
import {
  type Definition,
  type DocumentField,
  fieldsOf,
  type LayoutItem,
  type ModeColumn,
  modeOf,
  opened,
  type RuleSource,
  titled,
} from '@/lib/definition';
import { namesIn } from '@/lib/rule';

/**
 * The form of a definition as somebody meets it in a step, or reads it without one. Without values
 * and without a person there is little to decide by: rules stay away and every field shows, unless
 * they are asked for live. Then those stay that speak of the form alone.
 */
export function previewForm(document: Definition, where: string | ModeColumn, { live = false } = {}): FormView {
  const column: ModeColumn = typeof where === 'string' ? { kind: 'step', id: where } : where;
  const fields = fieldsOf(document).flatMap((field) => {
    const { mode } = modeOf(document, column, field);
    return mode === 'hidden' ? [] : [fieldView(field, modeIn(field, mode), live)];
  });
  const shown = new Set(fields.map((field) => field.name));
  const layout = opened(document).form?.layout ?? [];
  const whole = layout.length > 0 ? layout : [{ section: 'Details', items: fields.map((f) => ({ field: f.name })) }];
  return { fields, layout: prune(whole, shown) };
}

function modeIn(field: DocumentField, mode: Mode): Mode {
  if (mode === 'read' || field.calculate || field.type === 'note') return 'read';
  return field.required ? 'required' : mode;
}

/** A field of a definition as forms draw it. */
export function fieldView(field: DocumentField, mode: Mode, live = false): FieldView {
  const { calculate, visible_when, rules, columns, ...plain } = field;
  return {
    ...plain,
    ...(live && {
      calculate: liveText(calculate),
      visible_when: liveText(visible_when),
      rules: rules?.flatMap(({ check, message }) => {
        const text = liveText(check);
        return text === undefined ? [] : [{ check: text, message }];
      }),
    }),
    label: field.label || titled(field.name),
    mode,
    columns: columns?.map((column) =>
      fieldView(column, mode === 'read' ? 'read' : column.required ? 'required' : 'edit'),
    ),
  };
}

/** What rules can read in a preview: there is no request yet, and nobody who asks. */
const readable = new Set(['form', 'step', 'today', 'now', 'params']);
const elsewhere = new Set(['initiator', 'assignee', 'user', 'context', 'run', 'prev', 'org']);

/** The text of a rule that can be followed while somebody types; undefined where only the server can. */
export function liveText(source: RuleSource | undefined): string | undefined {
  if (typeof source !== 'string' || source === '') return undefined;
  const names = namesIn(source);
  if (!names || names.some((name) => elsewhere.has(name))) return undefined;
  return names.some((name) => readable.has(name)) || names.length === 0 ? source : undefined;
}

/** The fields with a rule that a preview cannot follow, by what people call them. */
export function fieldsWithoutLife(document: Definition): string[] {
  const still = (source: RuleSource | undefined) => source !== undefined && liveText(source) === undefined;
  return fieldsOf(document)
    .filter((f) => still(f.calculate) || still(f.visible_when) || f.rules?.some((rule) => still(rule.check)))
    .map((f) => f.label || titled(f.name));
}

function prune(items: LayoutItem[], shown: Set<string>): LayoutItem[] {
  return items.filter((item) => item.field === undefined || shown.has(item.field));
}
