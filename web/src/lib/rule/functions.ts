import { add, decimalNumber, decimalOf, decimalText, minorUnits, roundDecimal } from './decimal';
import { pattern } from './pattern';
import { RuleError } from './tokens';
import { amountOf, Civil, Group, Moment, moneySchema, part, type Value } from './values';

const fail = (message: string): never => {
  throw new RuleError(message);
};

/** Arithmetic works on 0 and on numbers between these sizes, so that nothing overflows anywhere. */
const inDomain = (x: number) => x === 0 || (Math.abs(x) >= 1e-150 && Math.abs(x) <= 1e150);
const calculable = (...xs: number[]) =>
  xs.every(inDomain) || fail('a number is too large or too small to calculate with');

type Test = (v: Value) => boolean;
const number: Test = (v) => typeof v === 'number';
const text: Test = (v) => typeof v === 'string';
const date: Test = (v) => v instanceof Civil;
const moment: Test = (v) => v instanceof Moment;
const list: Test = (v) => Array.isArray(v);
const bool: Test = (v) => typeof v === 'boolean';
const anything: Test = () => true;

type Overload = { takes: Test[]; gives: (...args: Value[]) => Value };
/** `takes` is what makes the arguments of `gives` be of the types it names. */
const on = <A extends Value[]>(takes: { [I in keyof A]: Test }, gives: (...args: A) => Value): Overload => ({
  takes: takes as Test[],
  gives: gives as unknown as Overload['gives'],
});

const arithmetic = (f: (a: number, b: number) => number) =>
  on<[number, number]>([number, number], (a, b) => {
    calculable(a, b);
    return f(a, b) + 0;
  });

/** By code point, as UTF-8 sorts; JavaScript's own < goes by UTF-16 unit. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const d = (x[i]?.codePointAt(0) ?? 0) - (y[i]?.codePointAt(0) ?? 0);
    if (d) return d;
  }
  return x.length - y.length;
}

const ordered = (holds: (order: number) => boolean): Overload[] => [
  on<[number, number]>([number, number], (a, b) => holds(a - b)),
  on<[string, string]>([text, text], (a, b) => holds(compareText(a, b))),
  on<[Civil, Civil]>([date, date], (a, b) => holds(a.day - b.day)),
  on<[Moment, Moment]>([moment, moment], (a, b) => holds(a.compare(b))),
];

/** Equality knows null and never fails; values of two kinds differ. */
export function same(a: Value, b: Value): boolean {
  if (a instanceof Civil) return b instanceof Civil && a.day === b.day;
  if (a instanceof Moment) return b instanceof Moment && a.compare(b) === 0;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((x, i) => same(x, b[i] as Value));
  }
  return a === b;
}

/** Letter by letter; where the other case would be several characters the letter stays. */
const letters = (f: (letter: string) => string) => (s: string) =>
  [...s]
    .map((c) => {
      const other = f(c);
      return [...other].length === 1 ? other : c;
    })
    .join('');

function round(x: number, digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > 10) fail('round() takes 0 to 10 digits');
  calculable(x);
  return decimalNumber(roundDecimal(decimalOf(x), digits, 'away')) + 0;
}

function money(amount: number, currency: string): Group {
  const digits = minorUnits(currency) ?? fail(`${currency} is not a currency`);
  if (Math.abs(amount) > 1e15) fail('an amount of money is too large');
  const exact = roundDecimal(decimalOf(amount), digits, 'even');
  return new Group('money()', { amount: decimalText(exact), currency }, moneySchema);
}

/** A column of a table, added in decimal. Empty cells count nothing, two currencies are an error. */
function sum(rows: Value[], column: string): number {
  let total = decimalOf(0);
  let currency: unknown;
  for (const row of rows) {
    if (!(row instanceof Group)) fail('sum() takes the rows of a table');
    const cell = part(row as Group, column);
    if (typeof cell === 'number' && calculable(cell)) total = add(total, decimalOf(cell));
    if (!(cell instanceof Group)) continue;
    const amount = amountOf(cell);
    if (!amount) continue;
    if (typeof cell.raw.currency !== 'string' || (currency !== undefined && currency !== cell.raw.currency)) {
      fail('amounts of several currencies cannot be added');
    }
    currency = cell.raw.currency;
    total = add(total, amount);
  }
  return decimalNumber(total);
}

function addDays(d: Civil, n: number): Civil {
  if (!Number.isInteger(n) || Math.abs(n) > 4e6) fail('add_days() takes a whole number of days');
  return d.plus(n);
}

const size = [on<[string]>([text], (s) => [...s].length), on<[Value[]]>([list], (l) => l.length)];
const dateOf = on<[string]>([text], (s) => Civil.parse(s) ?? fail(`${s} is not a date`));
const workdays = (a: Civil, b: Civil) => (b.day < a.day ? 0 : b.workdays - a.workdays + (isWorkday(a) ? 1 : 0));
const weekday = (d: Civil) => ((d.date.getUTCDay() + 6) % 7) + 1;
const isWorkday = (d: Civil) => weekday(d) <= 5;

/** Every operator and function, with the kinds each overload takes. Null fits none but the last few. */
export const functions: Record<string, Overload[]> = {
  '+': [arithmetic((a, b) => a + b), on<[string, string]>([text, text], (a, b) => a + b)],
  '-': [arithmetic((a, b) => a - b)],
  '*': [arithmetic((a, b) => a * b)],
  '/': [arithmetic((a, b) => (b === 0 ? fail('division by zero') : a / b))],
  negate: [on<[number]>([number], (a) => 0 - a)],
  '!': [on<[boolean]>([bool], (a) => !a)],
  '<': ordered((o) => o < 0),
  '<=': ordered((o) => o <= 0),
  '>': ordered((o) => o > 0),
  '>=': ordered((o) => o >= 0),
  '==': [on<[Value, Value]>([anything, anything], same)],
  '!=': [on<[Value, Value]>([anything, anything], (a, b) => !same(a, b))],
  in: [on<[Value, Value[]]>([anything, list], (x, l) => l.some((y) => same(x, y)))],
  or_else: [on<[Value, Value]>([anything, anything], (x, other) => (x === null ? other : x))],
  size,
  '.size': size,
  '.contains': [on<[string, string]>([text, text], (s, x) => s.includes(x))],
  '.startsWith': [on<[string, string]>([text, text], (s, x) => s.startsWith(x))],
  '.endsWith': [on<[string, string]>([text, text], (s, x) => s.endsWith(x))],
  '.matches': [on<[string, string]>([text, text], (s, p) => pattern(p).test(s))],
  lower: [
    on<[string]>(
      [text],
      letters((c) => c.toLowerCase()),
    ),
  ],
  upper: [
    on<[string]>(
      [text],
      letters((c) => c.toUpperCase()),
    ),
  ],
  trim: [on<[string]>([text], (s) => s.trim())],
  date: [dateOf],
  timestamp: [on<[string]>([text], (s) => Moment.parse(s) ?? fail(`${s} is not a moment`))],
  days: [on<[Civil, Civil]>([date, date], (a, b) => Math.max(0, b.day - a.day + 1))],
  workdays: [on<[Civil, Civil]>([date, date], workdays)],
  add_days: [on<[Civil, number]>([date, number], addDays)],
  hours: [on<[Moment, Moment]>([moment, moment], (a, b) => (b.ms - a.ms) / 3_600_000)],
  year: [on<[Civil]>([date], (d) => d.date.getUTCFullYear())],
  month: [on<[Civil]>([date], (d) => d.date.getUTCMonth() + 1)],
  day: [on<[Civil]>([date], (d) => d.date.getUTCDate())],
  weekday: [on<[Civil]>([date], weekday)],
  min: [
    on<[number, number]>([number, number], (a, b) => Math.min(a, b) + 0),
    on<[Civil, Civil]>([date, date], (a, b) => (b.day < a.day ? b : a)),
  ],
  max: [
    on<[number, number]>([number, number], (a, b) => Math.max(a, b) + 0),
    on<[Civil, Civil]>([date, date], (a, b) => (b.day > a.day ? b : a)),
  ],
  round: [on<[number]>([number], (x) => round(x, 0)), on<[number, number]>([number, number], round)],
  money: [on<[number, string]>([number, text], money)],
  sum: [on<[Value[], string]>([list, text], sum)],
};

/** Applies a function or operator. Throws RuleError when no overload takes these values, null among them. */
export function apply(name: string, args: Value[]): Value {
  const overloads = Object.hasOwn(functions, name) ? functions[name] : undefined;
  const found = overloads?.find((o) => o.takes.length === args.length && o.takes.every((t, i) => t(args[i] as Value)));
  if (!found) {
    return fail(
      args.includes(null) ? 'a value in it is empty' : `${name.replace(/^\./, '')} does not work on these values`,
    );
  }
  return found.gives(...args);
}
