import { Input, NativeSelect } from '@mantine/core';
import type { FieldView } from '@/api/types';
import { decimalText, minorUnits, parseDecimal, roundDecimal } from '@/lib/rule/decimal';
import { asText, type EditProps, type FieldType } from '../field-type';
import classes from './money.module.css';
import { checkLimits, readNumber } from './number';
import { tied } from './plain';
import read from './read.module.css';

export type Money = { amount: string; currency: string };
export const asMoney = (value: unknown): Partial<Money> => (typeof value === 'object' && value !== null ? value : {});

/** "1,200.5" as "1200.50" where the currency has two decimals; undefined when it has more than that. */
export function normalAmount(typed: string, currency: string): string | undefined {
  const text = typed.trim().replaceAll(/[\s\u00a0\u202f]/g, '');
  const bare = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  const exact = parseDecimal(bare.startsWith('.') ? `0${bare}` : bare.replace(/\.$/, ''));
  const digits = minorUnits(currency);
  if (!exact || digits === undefined) return undefined;
  const rounded = roundDecimal(exact, digits, 'even');
  const lost =
    rounded.n * 10n ** BigInt(Math.max(0, exact.scale - digits)) !==
    exact.n * 10n ** BigInt(Math.max(0, digits - exact.scale));
  return lost ? undefined : decimalText(rounded);
}

/** An amount as people write it: "€1,200.50". */
export function formatMoney(value: unknown): string {
  const { amount, currency } = asMoney(value);
  if (!amount || !currency || minorUnits(currency) === undefined) return [amount, currency].filter(Boolean).join(' ');
  // Intl takes the decimal text as it is; a double would lose digits of large amounts.
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount as unknown as number);
}

export const money: FieldType = {
  kind: 'money',
  group: true,
  parse: (field, value) => {
    const { amount = '', currency = '' } = asMoney(value);
    const digits = minorUnits(currency);
    if (digits === undefined) return { wrong: 'must name a currency by its three letters, such as EUR' };
    if (field.currencies?.length && !field.currencies.includes(currency)) {
      return { wrong: `must be in ${field.currencies.join(' or ')}` };
    }
    if (readNumber(amount) === undefined) return { wrong: 'must have an amount such as 12.50' };
    const exact = normalAmount(amount, currency);
    if (exact === undefined) {
      return { wrong: `must have at most ${digits} decimals: ${currency} has no smaller unit` };
    }
    return { value: { amount: exact, currency } };
  },
  check: (field, value) => checkLimits({ ...field, unit: asMoney(value).currency }, Number(asMoney(value).amount)),
  Edit: MoneyEdit,
  Read: ({ value }) => <span className={read.number}>{formatMoney(value)}</span>,
};

function MoneyEdit(props: EditProps) {
  const { field, value, onChange, onBlur, invalid } = props;
  const offered = field.currencies ?? [];
  const { amount = '', currency = offered[0] ?? '' } = asMoney(value);
  const tidy = () => {
    const exact = normalAmount(amount, currency);
    if (amount && exact && exact !== amount) onChange({ amount: exact, currency });
    onBlur?.();
  };
  return (
    <div className={classes.pair}>
      <Input
        {...tied(props)}
        aria-labelledby={props.labelledBy}
        className={classes.amount}
        inputMode="decimal"
        autoComplete="off"
        placeholder={field.placeholder ?? '0.00'}
        value={asText(amount)}
        onChange={(event) => onChange({ amount: event.currentTarget.value, currency })}
        onBlur={tidy}
        error={invalid}
        rightSection={offered.length === 1 ? <span className={read.unit}>{currency}</span> : undefined}
        rightSectionWidth={offered.length === 1 ? 48 : undefined}
        rightSectionPointerEvents="none"
      />
      {offered.length !== 1 && (
        <CurrencyEdit field={field} currency={currency} onChange={(next) => onChange({ amount, currency: next })} />
      )}
    </div>
  );
}

function CurrencyEdit({
  field,
  currency,
  onChange,
}: {
  field: FieldView;
  currency: string;
  onChange: (c: string) => void;
}) {
  const label = `Currency of ${field.label}`;
  if (field.currencies?.length) {
    return (
      <NativeSelect
        className={classes.currency}
        aria-label={label}
        data={field.currencies}
        value={currency}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Input
      className={classes.currency}
      aria-label={label}
      placeholder="EUR"
      maxLength={3}
      autoCapitalize="characters"
      value={currency}
      onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
    />
  );
}
