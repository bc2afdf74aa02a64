import type { FieldView, FormView, RuleContext, Values } from '@/api/types';
import { calculate, formRefs, holds, type Input, type Schema, scopeOf } from '@/lib/rule';
import { decimalNumber, decimalOf, roundDecimal } from '@/lib/rule/decimal';
import { counted, isEmpty } from './field-type';
import { fieldType } from './fields/registry';
import { asRows, type Row } from './fields/table';

/**
 * What the form looks like with what was entered so far: the browser's twin of the server's
 * form.Apply, for feedback at once. The server decides.
 */
export type Settled = {
  /** Canonical values, calculated ones among them; empty and unreadable ones are absent. */
  values: Values;
  /** Fields that a visibility rule hides at the moment. */
  hidden: Set<string>;
  /** What is wrong, by path ("items.0.cost"), as a sentence. */
  errors: Record<string, string>;
  /** Those of the errors that only say that something is still missing. */
  missing: Set<string>;
};

export const writable = (field: FieldView): boolean => field.mode === 'edit' || field.mode === 'required';

/** Whether anything can be entered. Otherwise the server has decided all and the values stand as they are. */
export const isLive = (form: FormView): boolean => form.fields.some(writable);

/** How rules see the fields. */
export function schemaOf(fields: FieldView[]): Schema {
  const schema: Schema = {};
  for (const field of fields) {
    const kind = fieldType(field.type).kind;
    if (kind) schema[field.name] = field.columns ? { kind, columns: schemaOf(field.columns) } : kind;
  }
  return schema;
}

/** The fields in an order in which each comes after those its calculation and visibility read. */
export function settleOrder(fields: FieldView[]): FieldView[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const order: FieldView[] = [];
  const seen = new Set<string>();
  const visit = (field: FieldView) => {
    if (seen.has(field.name)) return;
    seen.add(field.name);
    for (const name of [...formRefs(field.calculate ?? 'null'), ...formRefs(field.visible_when ?? 'null')]) {
      const other = byName.get(name);
      if (other) visit(other);
    }
    order.push(field);
  };
  fields.forEach(visit);
  return order;
}

/** Settles what was entered. */
export function settle(form: FormView, entered: Values, context: RuleContext): Settled {
  if (!isLive(form)) return { values: entered, hidden: new Set(), errors: {}, missing: new Set() };
  const work = new Work(form, entered, context);
  work.settle();
  work.validate();
  return { values: work.values, hidden: work.hidden, errors: work.errors, missing: work.missing };
}

class Work {
  readonly values: Values = {};
  readonly hidden = new Set<string>();
  readonly errors: Record<string, string> = {};
  readonly missing = new Set<string>();
  private readonly broken = new Map<string, Record<string, string>>();
  private readonly scope: ReturnType<typeof scopeOf>;
  private readonly form: FormView;

  constructor(form: FormView, entered: Values, context: RuleContext) {
    this.form = form;
    for (const field of form.fields) this.read(field, entered[field.name]);
    const input: Input = { ...(context as Input), form: this.values };
    this.scope = scopeOf(input, { form: schemaOf(form.fields) });
  }

  private read(field: FieldView, entered: unknown) {
    if (isEmpty(entered) || !fieldType(field.type).kind) return;
    const bad: Record<string, string> = {};
    const value = field.columns ? readRows(field, entered, bad) : readValue(field, field.name, entered, bad);
    if (Object.keys(bad).length > 0) this.broken.set(field.name, bad);
    else if (!isEmpty(value)) this.values[field.name] = value;
  }

  settle() {
    for (const field of settleOrder(this.form.fields)) {
      if (!this.shown(field)) {
        this.hidden.add(field.name);
        if (writable(field)) {
          delete this.values[field.name];
          this.broken.delete(field.name);
        }
      }
      if (field.calculate) this.compute(field, field.calculate);
    }
  }

  private shown(field: FieldView): boolean {
    if (!field.visible_when) return true;
    try {
      return holds(field.visible_when, this.scope);
    } catch {
      return false;
    }
  }

  private compute(field: FieldView, text: string) {
    delete this.values[field.name];
    if (this.anyBroken(formRefs(text))) return;
    try {
      const value = calculate(text, this.scope);
      if (!isEmpty(value)) this.values[field.name] = rounded(field, value);
    } catch {
      // Mostly an input that is still empty; the server says the rest.
    }
  }

  private anyBroken = (names: string[]) => names.some((name) => this.broken.has(name));

  validate() {
    const movable = movableOf(this.form.fields);
    for (const field of this.form.fields) {
      if (this.hidden.has(field.name)) continue;
      const broken = this.broken.get(field.name);
      if (broken) {
        Object.assign(this.errors, broken);
        continue;
      }
      if (movable.has(field.name)) this.check(field);
      for (const rule of field.rules ?? []) {
        const reads = formRefs(rule.check);
        if (movable.has(field.name) || reads.some((name) => movable.has(name))) this.rule(field, rule, reads);
      }
    }
  }

  private check(field: FieldView) {
    const value = this.values[field.name];
    if (isEmpty(value)) {
      if (field.mode === 'required') this.lacks(field.name, `${field.label} is required.`);
      return;
    }
    if (field.columns) this.checkRows(field, field.columns, asRows(value));
    const wrong = fieldType(field.type).check?.(field, value);
    if (wrong) this.errors[field.name] = sentence(field, wrong);
  }

  private lacks(path: string, message: string) {
    this.errors[path] = message;
    this.missing.add(path);
  }

  private checkRows(field: FieldView, columns: FieldView[], rows: Row[]) {
    if (field.min_rows && rows.length < field.min_rows) {
      this.errors[field.name] = sentence(field, `must have at least ${counted(field.min_rows, 'row')}`);
    }
    if (field.max_rows && rows.length > field.max_rows) {
      const most = counted(field.max_rows, 'row');
      this.errors[field.name] = sentence(field, `must have at most ${most}; it has ${rows.length}`);
    }
    rows.forEach((row, i) => {
      for (const column of columns) this.checkCell(field, column, i, row[column.name]);
    });
  }

  private checkCell(field: FieldView, column: FieldView, row: number, value: unknown) {
    const path = `${field.name}.${row}.${column.name}`;
    const wrong = isEmpty(value) ? undefined : fieldType(column.type).check?.(column, value);
    if (wrong) this.errors[path] = sentence(column, wrong);
    else if (column.required && isEmpty(value)) {
      this.lacks(path, `${column.label} is required in row ${row + 1} of ${field.label}.`);
    }
  }

  /** A rule that meets an empty or unreadable field has no answer; whether it may be empty is asked elsewhere. */
  private rule(field: FieldView, rule: { check: string; message: string }, reads: string[]) {
    if (this.errors[field.name] || this.anyBroken(reads)) return;
    try {
      if (!holds(rule.check, this.scope)) this.errors[field.name] = rule.message;
    } catch {
      // Mostly an empty field; anything else the server says, with the reason.
    }
  }
}

const sentence = (field: FieldView, predicate: string) => `${field.label} ${predicate}.`;

function readValue(field: FieldView, path: string, entered: unknown, bad: Record<string, string>): unknown {
  if (isEmpty(entered)) return undefined;
  const parsed = fieldType(field.type).parse?.(field, entered);
  if (!parsed) return undefined;
  if ('value' in parsed) return parsed.value;
  bad[path] = sentence(field, parsed.wrong);
  return undefined;
}

/** Rows cell by cell. Empty rows at the end go; those between keep the numbers that messages name. */
function readRows(field: FieldView, entered: unknown, bad: Record<string, string>): Row[] {
  const rows = asRows(entered).map((row, i) => {
    const clean: Row = {};
    for (const column of field.columns ?? []) {
      const value = readValue(column, `${field.name}.${i}.${column.name}`, row[column.name], bad);
      if (!isEmpty(value)) clean[column.name] = value;
    }
    return clean;
  });
  return rows.slice(0, rows.findLastIndex((row) => Object.keys(row).length > 0) + 1);
}

/** A calculated number has the decimals of its field, half away from zero as round() does. */
function rounded(field: FieldView, value: unknown): unknown {
  if (typeof value !== 'number' || field.type !== 'number' || field.decimals === undefined) return value;
  return decimalNumber(roundDecimal(decimalOf(value), field.decimals, 'away'));
}

/** The fields a person can change: those that may be edited and those calculated from them. */
function movableOf(fields: FieldView[]): Set<string> {
  const movable = new Set<string>();
  for (const field of settleOrder(fields)) {
    const moved = field.calculate ? formRefs(field.calculate).some((name) => movable.has(name)) : writable(field);
    if (moved) movable.add(field.name);
  }
  return movable;
}

/** What to send when a request is begun: every value that can be entered and is shown, in canonical shape. */
export function enteredValues(form: FormView, settled: Settled): Values {
  const out: Values = {};
  for (const field of form.fields) {
    if (!writable(field) || settled.hidden.has(field.name) || !fieldType(field.type).kind) continue;
    const value = settled.values[field.name];
    if (!isEmpty(value)) out[field.name] = value;
  }
  return out;
}

/** What to send with a decision: what was changed, null for what was emptied. */
export function changedValues(form: FormView, before: Values, settled: Settled): Values {
  const out: Values = {};
  for (const field of form.fields) {
    if (!writable(field) || settled.hidden.has(field.name) || !fieldType(field.type).kind) continue;
    const value = isEmpty(settled.values[field.name]) ? null : settled.values[field.name];
    const old = isEmpty(before[field.name]) ? null : before[field.name];
    if (JSON.stringify(value) !== JSON.stringify(old)) out[field.name] = value;
  }
  return out;
}
