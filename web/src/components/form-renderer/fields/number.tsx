import type { FieldView } from '@/api/types';
import type { FieldType } from '../field-type';
import { PlainEdit } from './plain';
import classes from './read.module.css';

const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;
const plain = /^-?(\d+(\.\d*)?|\.\d+)$/;

/** What people type as a number: "1,200.5" and "1200.5", not "1.200,5". */
export function readNumber(typed: string): number | undefined {
  const text = typed.trim().replaceAll(/[\s\u00a0\u202f]/g, '');
  const bare = grouped.test(text) ? text.replaceAll(',', '') : text;
  return plain.test(bare) ? Number(bare) + 0 : undefined;
}

/** The decimals of the shortest text for n. */
const decimalsOf = (n: number): number => {
  const [mantissa = '', exponent] = String(n).split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent ?? 0));
};

const plurals =
  /^(second|minute|hour|day|night|week|month|year|mile|piece|page|seat|licence|license|guest|room|trip)s$/i;

/** The unit of a number as it is said: "1 day", "2 days", "1 km". */
export function unitOf(unit: string | undefined, n: unknown): string {
  if (!unit) return '';
  return Number(n) === 1 && n !== '' && plurals.test(unit) ? unit.slice(0, -1) : unit;
}

export function checkLimits(field: FieldView, n: number): string | undefined {
  const limit = (n: number) => [n, unitOf(field.unit, n)].filter((word) => word !== '').join(' ');
  if (field.min !== undefined && n < field.min) return `must be at least ${limit(field.min)}`;
  if (field.max !== undefined && n > field.max) return `must be at most ${limit(field.max)}`;
  return undefined;
}

/** A number with thousands apart, and the decimals the field asks for. */
export function formatNumber(n: number, decimals?: number): string {
  return new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals && decimalsOf(n) > 0 ? decimals : 0,
    maximumFractionDigits: 15,
  }).format(n);
}

export const number: FieldType = {
  kind: 'number',
  parse: (_, value) => {
    const n = typeof value === 'string' ? readNumber(value) : value;
    if (typeof n !== 'number' || !Number.isFinite(n)) return { wrong: 'must be a number' };
    return Math.abs(n) > 1e15 ? { wrong: 'is too large a number' } : { value: n };
  },
  check: (field, value) => {
    const n = value as number;
    const limit = checkLimits(field, n);
    if (limit || field.decimals === undefined || decimalsOf(n) <= field.decimals) return limit;
    return field.decimals === 0 ? 'must be a whole number' : `must have at most ${field.decimals} decimals`;
  },
  Edit: (props) => {
    const { value, field } = props;
    return (
      <PlainEdit
        {...props}
        value={typeof value === 'number' ? String(value) : value}
        onChange={(typed) => props.onChange(keep(typed as string))}
        inputMode="decimal"
        right={field.unit && <span className={classes.unit}>{unitOf(field.unit, value)}</span>}
        rightWidth={field.unit ? 14 + field.unit.length * 8 : undefined}
      />
    );
  },
  Read: ({ field, value }) => (
    <span className={classes.number}>
      {typeof value === 'number' ? formatNumber(value, field.decimals) : String(value)}
      {field.unit && <span className={classes.unit}> {unitOf(field.unit, value)}</span>}
    </span>
  ),
};

/** A number as soon as writing it back gives what was typed; else the text, so that "1." can become "1.5". */
function keep(typed: string): unknown {
  const n = readNumber(typed);
  return n !== undefined && String(n) === typed ? n : typed;
}
