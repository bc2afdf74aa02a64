import { type Decimal, decimalNumber, parseDecimal } from './decimal';
import { RuleError } from './tokens';

/** The type of a variable, as people know it. The same list as on the server. */
export type Kind = 'text' | 'number' | 'bool' | 'date' | 'timestamp' | 'list' | 'money' | 'range' | 'rows';
export type Type = Kind | { kind: Kind; columns?: Schema };
export type Schema = { [name: string]: Type };

const dayMs = 86_400_000;
const firstDay = -719162; // 0001-01-01
const lastDay = 2932896; // 9999-12-31

/** A date without a time zone, in days since 1970-01-01. */
export class Civil {
  readonly day: number;
  constructor(day: number) {
    this.day = day;
  }
  static parse(text: string): Civil | undefined {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return undefined;
    const date = new Date(`${text}T00:00:00Z`);
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return undefined;
    return new Civil(date.getTime() / dayMs);
  }
  get date(): Date {
    return new Date(this.day * dayMs);
  }
  /** The date n days later. Throws outside the years 1 to 9999. */
  plus(n: number): Civil {
    const day = this.day + n;
    if (day < firstDay || day > lastDay) throw new RuleError('the date lies outside the years 1 to 9999');
    return new Civil(day);
  }
  /** Working days from 0001-01-01, a Monday, to this day. */
  get workdays(): number {
    const n = this.day - firstDay + 1;
    return Math.floor(n / 7) * 5 + Math.min(n % 7, 5);
  }
  toString(): string {
    return this.date.toISOString().slice(0, 10);
  }
}

const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** An instant. JavaScript counts milliseconds; what a literal says below them is kept beside. */
export class Moment {
  readonly ms: number;
  readonly nanos: number;
  constructor(ms: number, nanos = 0) {
    this.ms = ms;
    this.nanos = nanos;
  }
  static parse(text: string): Moment | undefined {
    const m = rfc3339.exec(text);
    if (!m || !Civil.parse(`${m[1]}-${m[2]}-${m[3]}`) || Number(m[4]) > 23 || Number(m[5]) > 59 || Number(m[6]) > 59) {
      return undefined;
    }
    const fraction = (m[7] ?? '').padEnd(9, '0').slice(0, 9);
    const ms = Date.parse(
      `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.slice(0, 3)}${(m[8] ?? 'Z').toUpperCase()}`,
    );
    const year = new Date(ms).getUTCFullYear();
    return year < 1 || year > 9999 ? undefined : new Moment(ms, Number(fraction.slice(3)));
  }
  compare(other: Moment): number {
    return this.ms - other.ms || this.nanos - other.nanos;
  }
  toString(): string {
    const [head = '', ms = '000Z'] = new Date(this.ms).toISOString().split('.');
    const fraction = (ms.slice(0, 3) + String(this.nanos).padStart(6, '0')).replace(/0+$/, '');
    return `${head}${fraction && `.${fraction}`}Z`;
  }
}

/** A group of variables as it came from JSON; a part is converted when a rule reads it. */
export class Group {
  readonly path: string;
  readonly raw: Record<string, unknown>;
  readonly schema: Schema;
  /** Whether there may be parts that the schema does not name; what they are is told from their value. */
  readonly open: boolean;
  /** Whether a part of another kind counts as empty: a search over people must not fail for one old record. */
  readonly lenient: boolean;
  constructor(
    path: string,
    raw: Record<string, unknown>,
    schema: Schema,
    how: { open?: boolean; lenient?: boolean } = {},
  ) {
    this.path = path;
    this.raw = raw;
    this.schema = schema;
    this.open = how.open ?? false;
    this.lenient = how.lenient ?? false;
  }
  get isMoney(): boolean {
    return this.schema === moneySchema;
  }
}

export type Value = null | boolean | number | string | Civil | Moment | Group | Value[];

/** What every person has, before the attributes an organization adds. */
export const personSchema: Schema = Object.fromEntries(
  'id name email department department_name designation level city state country location status manager'
    .split(' ')
    .map((name): [string, Kind] => [name, 'text'])
    .concat([
      ['level_rank', 'number'],
      ['roles', 'list'],
    ]),
);
export const runSchema: Schema = {
  number: 'text',
  status: 'text',
  round: 'number',
  started_at: 'timestamp',
  at: 'list',
};
export const prevSchema: Schema = {
  step: 'text',
  transition: 'text',
  kind: 'text',
  outcome: 'text',
  outcomes: 'list',
  number: 'text',
};
export const orgSchema: Schema = { name: 'text', slug: 'text', zone: 'text' };

export const moneySchema: Schema = { amount: 'number', currency: 'text' };
const rangeSchema: Schema = { from: 'date', to: 'date' };

const kindOf = (type: Type): Kind => (typeof type === 'string' ? type : type.kind);
const wrong = (path: string, what: string): never => {
  throw new RuleError(`${path} is not ${what}`);
};
const isMap = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

/** One part of a group. A value of another kind is an error, never "empty": a rule must not decide on it. People are lenient. */
export function part(group: Group, name: string): Value {
  const raw = Object.hasOwn(group.raw, name) ? group.raw[name] : undefined;
  const type = Object.hasOwn(group.schema, name) ? group.schema[name] : undefined;
  if (type === undefined && group.open) return guess(`${group.path}.${name}`, raw);
  if (type === undefined) throw new RuleError(`${group.path} has no ${name}`);
  if (group.isMoney && name === 'amount') {
    const amount = amountOf(group);
    return amount ? decimalNumber(amount) : null;
  }
  try {
    return convert(`${group.path}.${name}`, type, raw ?? null);
  } catch (error) {
    if (group.lenient) return convert(`${group.path}.${name}`, type, null);
    throw error;
  }
}

/** The exact amount of a money, undefined when it is empty. */
export function amountOf(money: Group): Decimal | undefined {
  const raw = money.raw.amount ?? null;
  if (raw === null) return undefined;
  const amount = typeof raw === 'string' && raw.length <= 32 ? parseDecimal(raw) : undefined;
  return amount ?? wrong(`${money.path}.amount`, 'a decimal text');
}

/** A JSON value as a value of its declared kind. */
export function convert(path: string, type: Type, raw: unknown): Value {
  switch (kindOf(type)) {
    case 'list':
      if (raw === null) return [];
      return Array.isArray(raw) && raw.every((x) => typeof x === 'string') ? raw : wrong(path, 'a list of texts');
    case 'rows':
      return rows(path, type, raw);
    case 'money':
      return raw === null || isMap(raw) ? new Group(path, raw ?? {}, moneySchema) : wrong(path, 'a money');
    case 'range':
      return raw === null || isMap(raw) ? new Group(path, raw ?? {}, rangeSchema) : wrong(path, 'a range of dates');
  }
  return raw === null ? null : scalar(path, kindOf(type), raw);
}

function rows(path: string, type: Type, raw: unknown): Value {
  if (raw === null) return [];
  if (!Array.isArray(raw) || !raw.every(isMap)) return wrong(path, 'a table');
  const columns = typeof type === 'string' ? undefined : type.columns;
  return raw.map((row, i) => new Group(`${path}[${i}]`, row, columns ?? {}));
}

function scalar(path: string, kind: Kind, raw: unknown): Value {
  switch (kind) {
    case 'text':
      return typeof raw === 'string' ? raw : wrong(path, 'a text');
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : wrong(path, 'a number');
    case 'bool':
      return typeof raw === 'boolean' ? raw : wrong(path, 'true or false');
    case 'date':
      return (typeof raw === 'string' && Civil.parse(raw)) || wrong(path, 'a date');
    default: {
      const moment = typeof raw === 'string' ? Moment.parse(raw) : undefined;
      return moment ? new Moment(moment.ms) : wrong(path, 'a moment');
    }
  }
}

/** What a value without a declared kind most likely is. Only attributes of people come this way. */
function guess(path: string, raw: unknown): Value {
  if (raw === undefined || raw === null) return null;
  if (typeof raw === 'string') return Civil.parse(raw) ?? Moment.parse(raw) ?? raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (Array.isArray(raw)) return raw.map((x, i) => guess(`${path}[${i}]`, x));
  return new Group(path, raw as Record<string, unknown>, {}, { open: true });
}

/** A result as JSON. A money or range without any part is null. */
export function toJSON(value: Value): unknown {
  if (Array.isArray(value)) return value.map(toJSON);
  if (value instanceof Civil || value instanceof Moment) return value.toString();
  if (!(value instanceof Group)) return value;
  const names = Object.keys(value.open ? value.raw : value.schema);
  const entries = names.map((name) => {
    const read = toJSON(part(value, name));
    return [name, value.isMoney && name === 'amount' ? (value.raw.amount ?? null) : read] as const;
  });
  return entries.every(([, v]) => v === null) ? null : Object.fromEntries(entries);
}
