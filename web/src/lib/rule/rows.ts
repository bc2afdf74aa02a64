import { decimalOf, decimalText } from './decimal';
import { type Expr, parse } from './parse';
import { Civil, type Kind, Moment } from './values';

/**
 * Rules as rows, as internal/core/rule/rows.go reads them: the operators, and the CEL that rows mean.
 * Both are held against internal/core/rule/testdata/rows.json. What is refused here may be worded
 * differently there, but nothing passes here that the server refuses.
 */

/** Rows joined by and/or. Members that nobody here knows stay where they are. */
export type Rows = { combinator?: string; not?: boolean; rules?: RowOrGroup[] };
export type RowOrGroup = Rows & { field?: string; operator?: string; value?: unknown; valueSource?: string };

const plain: Kind[] = ['text', 'number', 'bool', 'date', 'timestamp'];
const ordered: Kind[] = ['text', 'number', 'date', 'timestamp'];
const listed: Kind[] = [...plain, 'list'];
const emptied: Kind[] = [...listed, 'rows'];

/** How many values an operator takes, on which kinds it works and how it is written. */
type RowOperator = {
  values: 0 | 1 | 2 | 'many';
  kinds: Kind[];
  write: (field: string, kind: Kind, values: string[]) => string;
};

const infix = (op: string) => (f: string, _: Kind, v: string[]) => `${f} ${op} ${v[0]}`;
const isNull = (op: string) => (f: string, k: Kind) =>
  k === 'list' || k === 'rows' ? `size(${f}) ${op} 0` : `${f} ${op} null`;
const has =
  (method: string, not = false) =>
  (f: string, k: Kind, [v = '']: string[]) => {
    if (k === 'list') return not ? `!(${v} in ${f})` : `${v} in ${f}`;
    return not ? `(${f} == null || !${f}.${method}(${v}))` : `(${f} != null && ${f}.${method}(${v}))`;
  };
const among = (f: string, k: Kind, v: string[]) =>
  k === 'list' ? v.map((x) => `${x} in ${f}`).join(' || ') : `${f} in [${v.join(', ')}]`;

export const rowOperators: Record<string, RowOperator> = {
  '=': { values: 1, kinds: plain, write: infix('==') },
  '!=': { values: 1, kinds: plain, write: infix('!=') },
  '<': { values: 1, kinds: ordered, write: infix('<') },
  '<=': { values: 1, kinds: ordered, write: infix('<=') },
  '>': { values: 1, kinds: ordered, write: infix('>') },
  '>=': { values: 1, kinds: ordered, write: infix('>=') },
  between: { values: 2, kinds: ordered, write: (f, _, [a, b]) => `(${f} >= ${a} && ${f} <= ${b})` },
  notBetween: { values: 2, kinds: ordered, write: (f, _, [a, b]) => `(${f} < ${a} || ${f} > ${b})` },
  contains: { values: 1, kinds: ['text', 'list'], write: has('contains') },
  doesNotContain: { values: 1, kinds: ['text', 'list'], write: has('contains', true) },
  beginsWith: { values: 1, kinds: ['text'], write: has('startsWith') },
  doesNotBeginWith: { values: 1, kinds: ['text'], write: has('startsWith', true) },
  endsWith: { values: 1, kinds: ['text'], write: has('endsWith') },
  doesNotEndWith: { values: 1, kinds: ['text'], write: has('endsWith', true) },
  in: { values: 'many', kinds: listed, write: (f, k, v) => (k === 'list' ? `(${among(f, k, v)})` : among(f, k, v)) },
  notIn: { values: 'many', kinds: listed, write: (f, k, v) => `!(${among(f, k, v)})` },
  null: { values: 0, kinds: emptied, write: isNull('==') },
  notNull: { values: 0, kinds: emptied, write: isNull('!=') },
};

/** The operators that work on a kind, in the order in which they are offered. */
export const operatorsOf = (kind: Kind): string[] =>
  Object.keys(rowOperators).filter((name) => rowOperators[name]?.kinds.includes(kind));

export const rowOperator = (name: string | undefined): RowOperator | undefined =>
  name !== undefined && Object.hasOwn(rowOperators, name) ? rowOperators[name] : undefined;

/** The kind of one value of a variable: those of a list are texts. */
export const elementKind = (kind: Kind): Kind => (kind === 'list' ? 'text' : kind);

/** What is wrong with the row at a position: "2", or "3.1" inside of the group 3; "" is the whole rule. */
export type RowFault = { at: string; message: string };

export const maxRows = 100;
export const maxGroups = 10;
export const maxItems = 200;

type KindOf = (name: string) => Kind | undefined;

export const isGroup = (item: RowOrGroup): boolean => item.rules !== undefined && item.rules !== null;
export const placeIn = (at: string, i: number): string => (at ? `${at}.${i + 1}` : String(i + 1));

/** The CEL that rows mean, with what keeps them from meaning anything. */
export function celOfRows(rows: Rows, kindOf: KindOf): { cel: string; faults: RowFault[] } {
  const writer = new Writer(kindOf);
  const cel = writer.group(rows, '', 1);
  return { cel: writer.faults.length > 0 ? '' : cel, faults: writer.faults };
}

class Writer {
  readonly faults: RowFault[] = [];
  private rows = 0;
  private readonly kindOf: KindOf;
  constructor(kindOf: KindOf) {
    this.kindOf = kindOf;
  }

  private bad(at: string, message: string): string {
    this.faults.push({ at, message });
    return '';
  }

  group(group: Rows, at: string, depth: number): string {
    const items = group.rules ?? [];
    const joint = { and: ' && ', or: ' || ' }[group.combinator ?? ''];
    if (depth > maxGroups) return this.bad(at, `Groups can be nested ${maxGroups} deep, and no deeper.`);
    if (!joint) return this.bad(at, 'Say whether all of these conditions have to hold, or any.');
    if (items.length === 0) return this.bad(at, 'This group has no conditions. Add one or remove the group.');
    if (extra(group, 'muted') === true) return this.bad(at, 'This group is switched off. Remove it.');
    const parts = items.map((item, i) => this.item(item, placeIn(at, i), depth));
    const text = parts.join(joint);
    if (group.not) return `!(${text})`;
    return depth > 1 && parts.length > 1 ? `(${text})` : text;
  }

  private item(item: RowOrGroup, at: string, depth: number): string {
    if (++this.rows > maxRows) {
      return this.rows === maxRows + 1 ? this.bad('', `A rule has ${maxRows} conditions at most.`) : '';
    }
    return isGroup(item) ? this.group(item, at, depth + 1) : this.row(item, at);
  }

  private row(row: RowOrGroup, at: string): string {
    if (extra(row, 'muted') === true) return this.bad(at, 'This condition is switched off. Remove it.');
    if ((extra(row, 'match') ?? null) !== null) {
      return this.bad(at, 'Conditions about the rows of a table can only be written as text.');
    }
    if (!row.field) return this.bad(at, 'Choose what this condition looks at, or remove it.');
    const kind = this.kindOf(row.field);
    if (!kind) return this.bad(at, `There is no ${row.field} here. Choose something else, or remove the condition.`);
    const operator = rowOperator(row.operator);
    if (!operator?.kinds.includes(kind)) return this.bad(at, 'Choose how to compare, or remove the condition.');
    const values = this.values(row, kind, operator, at);
    return values ? operator.write(row.field, kind, values) : '';
  }

  private values(row: RowOrGroup, kind: Kind, operator: RowOperator, at: string): string[] | undefined {
    if (operator.values === 0) return [];
    const given = operator.values === 1 ? [row.value] : listOf(row.value);
    const out = given.map((value) => this.value(row, elementKind(kind), value));
    const whole = operator.values === 'many' ? given.length > 0 : given.length === operator.values;
    if (given.length > maxItems) this.bad(at, `A condition has ${maxItems} values at most.`);
    else if (!whole || out.includes(undefined)) this.bad(at, wanted(row, kind, operator, given));
    else return out as string[];
    return undefined;
  }

  private value(row: RowOrGroup, kind: Kind, value: unknown): string | undefined {
    if (row.valueSource === 'field') {
      return typeof value === 'string' && this.kindOf(value) === kind ? value : undefined;
    }
    return row.valueSource === undefined || row.valueSource === '' || row.valueSource === 'value'
      ? literal(kind, value)
      : undefined;
  }
}

const extra = (item: object, name: string): unknown => (item as Record<string, unknown>)[name];

const articles: Partial<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  bool: 'yes or no',
  date: 'a date of the calendar',
  timestamp: 'a date with a time',
};

function wanted(row: RowOrGroup, kind: Kind, operator: RowOperator, given: unknown[]): string {
  const one = articles[elementKind(kind)] ?? 'a value';
  const wrong = given.find((value) => value !== undefined && value !== null && value !== '');
  if (row.valueSource === 'field') return 'Choose what to compare with, or remove the condition.';
  if (operator.values === 2) return `Give both ends, each ${one}, or remove the condition.`;
  if (operator.values === 'many') return 'Give at least one value, or remove the condition.';
  return wrong === undefined ? `Give ${one}, or remove the condition.` : `The value has to be ${one}.`;
}

/** A list, or texts with commas between them. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  }
  return value === undefined || value === null ? [] : [value];
}

/** A value as CEL; undefined when it is not of the kind. Numbers and yes/no may come as text. */
function literal(kind: Kind, value: unknown): string | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0') ? quote(value) : undefined;
    case 'number':
      return digits(value);
    case 'bool':
      return ['true', 'false'].find((word) => word === String(value));
    case 'date':
      return typeof value === 'string' && Civil.parse(value) ? `date(${quote(value)})` : undefined;
    case 'timestamp': {
      const moment = typeof value === 'string' ? Moment.parse(value) : undefined;
      return moment && `timestamp(${quote(new Moment(moment.ms).toString())})`;
    }
  }
  return undefined;
}

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function digits(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  const n = typeof text === 'string' && numeral.test(text) ? Number(text) : text;
  if (typeof n !== 'number' || !Number.isFinite(n)) return undefined;
  // A large one with a fraction, because CEL reads an integer of at most 64 bits.
  return decimalText(decimalOf(n + 0)) + (Math.abs(n) > 2 ** 53 ? '.0' : '');
}

/** Everything but printable characters is escaped, so that no value can end the literal or hide in it. */
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function quote(text: string): string {
  const written = [...text].map((c) => {
    const code = c.codePointAt(0) ?? 0;
    if (c === '"' || c === '\\') return `\\${c}`;
    if (c === '\n') return '\\n';
    if (printable.test(c)) return c;
    const hex = code.toString(16).toUpperCase();
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${written.join('')}"`;
}

/** The rows that mean exactly this text, letter by letter; undefined when there are none. */
export function rowsOfCel(text: string, kindOf: KindOf): Rows | undefined {
  const wanted = text.trim();
  let expr: Expr;
  try {
    expr = parse(wanted);
  } catch {
    return undefined;
  }
  const reader = new Reader(kindOf);
  const whole = reader.row(expr);
  // (a && b) && c reads as a && b && c: whether the first two were one row is told by what comes out.
  const candidates = [whole && { combinator: 'and', rules: [whole] }, reader.group(expr), reader.group(expr, true)];
  return candidates.find((rows) => {
    const written = rows && celOfRows(rows, kindOf);
    return written?.faults.length === 0 && written.cel === wanted;
  });
}

/** Guesses rows; whether they mean the same is seen when they are written again. */
class Reader {
  private readonly kindOf: KindOf;
  constructor(kindOf: KindOf) {
    this.kindOf = kindOf;
  }

  group(expr: Expr, paired = false): Rows | undefined {
    const inner = negated(expr);
    const from = inner ?? expr;
    const combinator = from.is === 'or' ? 'or' : 'and';
    const parts = paired ? this.pairedChain(from, combinator) : chain(from, combinator);
    const rules = parts.map((part) => this.row(part) ?? (part === expr ? undefined : this.group(part, paired)));
    if (rules.includes(undefined) || (rules.length === 1 && !inner)) return undefined;
    return { combinator, ...(inner && { not: true }), rules: rules as RowOrGroup[] };
  }

  private pairedChain(expr: Expr, joint: 'and' | 'or'): Expr[] {
    if (expr.is !== joint || !('left' in expr)) return [expr];
    return this.row(expr.left) ? [expr.left, expr.right] : [...this.pairedChain(expr.left, joint), expr.right];
  }

  row(expr: Expr): RowOrGroup | undefined {
    const inner = negated(expr);
    if (expr.is === 'and' || expr.is === 'or') return this.pair(expr.left, expr.right, expr.is) ?? this.any(expr);
    if (expr.is !== 'call') return undefined;
    if (inner) return this.refused(inner);
    const [left, right] = expr.args;
    if (!left || !right || expr.target) return undefined;
    if (expr.name === 'in') return this.among(left, right);
    const of = left.is === 'call' && left.name === 'size' && left.args[0] ? left.args[0] : left;
    const operator = infixes[expr.name];
    const field = nameOf(of);
    if (!operator || !field) return undefined;
    const none = of === left ? right.is === 'value' && right.value === null : true;
    if (none) return { field, operator: expr.name === '==' ? 'null' : 'notNull', value: null };
    return this.valued(field, operator, [right]);
  }

  /** "a" in form.tags; form.kind in ["a", "b"]. */
  private among(left: Expr, right: Expr): RowOrGroup | undefined {
    if (right.is === 'list') return this.valued(nameOf(left), 'in', right.items);
    return this.valued(nameOf(right), 'contains', [left]);
  }

  private refused(inner: Expr): RowOrGroup | undefined {
    const row = this.row(inner);
    const not = { in: 'notIn', contains: 'doesNotContain' }[row?.operator ?? ''];
    return row && not ? { ...row, operator: not } : undefined;
  }

  /** "a" in form.tags || "b" in form.tags */
  private any(expr: Expr): RowOrGroup | undefined {
    const parts = chain(expr, 'or').map((part) => (part.is === 'call' && part.name === 'in' ? part.args : []));
    const field = parts[0]?.[1] && nameOf(parts[0][1]);
    const same = parts.every(([, of]) => of && nameOf(of) === field);
    return same && expr.is === 'or'
      ? this.valued(
          field,
          'in',
          parts.map(([value]) => value as Expr),
        )
      : undefined;
  }

  /** What one row writes as two comparisons: between, and the ones that must not fail on an empty text. */
  private pair(left: Expr, right: Expr, joint: 'and' | 'or'): RowOrGroup | undefined {
    if (left.is !== 'call') return undefined;
    const [of, first] = left.args;
    const field = of && nameOf(of);
    if (!field || !first) return undefined;
    if (right.is === 'call' && right.args[0] && right.args[1] && nameOf(right.args[0]) === field) {
      return this.valued(field, joint === 'and' ? 'between' : 'notBetween', [first, right.args[1]]);
    }
    const call = negated(right) ?? right;
    if (call.is !== 'call' || !call.target || nameOf(call.target) !== field) return undefined;
    const operator = methods[`${joint} ${call.name}`];
    return operator ? this.valued(field, operator, call.args) : undefined;
  }

  private valued(field: string | undefined, operator: string, given: Expr[]): RowOrGroup | undefined {
    const kind = field === undefined ? undefined : this.kindOf(field);
    const names = given.map(nameOf);
    const values = given.map(constant);
    if (!field || !kind) return undefined;
    const single = rowOperator(operator)?.values === 1;
    const row = (all: unknown[]) => ({ field, operator, value: single ? all[0] : all });
    if (!names.includes(undefined)) return { ...row(names), valueSource: 'field' };
    return values.includes(undefined) ? undefined : row(values);
  }
}

const infixes: Record<string, string> = { '==': '=', '!=': '!=', '<': '<', '<=': '<=', '>': '>', '>=': '>=' };
const methods: Record<string, string> = {
  'and contains': 'contains',
  'and startsWith': 'beginsWith',
  'and endsWith': 'endsWith',
  'or contains': 'doesNotContain',
  'or startsWith': 'doesNotBeginWith',
  'or endsWith': 'doesNotEndWith',
};

const negated = (expr: Expr): Expr | undefined =>
  expr.is === 'call' && expr.name === '!' && !expr.target ? expr.args[0] : undefined;

/** a && b && c, in order. What stands in brackets on the right stays whole. */
function chain(expr: Expr, joint: 'and' | 'or'): Expr[] {
  return expr.is === joint && 'left' in expr ? [...chain(expr.left, joint), expr.right] : [expr];
}

/** The full name of a variable: "form.total.amount". */
function nameOf(expr: Expr): string | undefined {
  if (expr.is === 'name') return expr.name;
  if (expr.is !== 'part') return undefined;
  const of = nameOf(expr.of);
  return of && `${of}.${expr.name}`;
}

function constant(expr: Expr): unknown {
  if (expr.is === 'value') return expr.value ?? undefined;
  const [text] =
    expr.is === 'call' && !expr.target && (expr.name === 'date' || expr.name === 'timestamp') ? expr.args : [];
  return text?.is === 'value' ? text.value : undefined;
}
