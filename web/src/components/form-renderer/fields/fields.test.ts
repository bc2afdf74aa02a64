import { describe, expect, it } from 'vitest';
import type { FieldView } from '@/api/types';
import { isEmpty } from '../field-type';
import { fromLocal, toLocal } from './datetime';
import { formatMoney, normalAmount } from './money';
import { formatNumber, readNumber, unitOf } from './number';
import { fieldType, fieldTypes } from './registry';
import { totalOf } from './table';
import { webAddress } from './url';

const field = (type: string, more: Partial<FieldView> = {}): FieldView => ({
  name: 'x',
  type,
  label: 'X',
  mode: 'edit',
  ...more,
});

/** What is wrong with a value, or its canonical shape. */
function judge(f: FieldView, value: unknown): unknown {
  const type = fieldType(f.type);
  const parsed = type.parse?.(f, value);
  if (!parsed || 'wrong' in parsed) return parsed?.wrong;
  return type.check?.(f, parsed.value) ?? parsed.value;
}

it('knows every field type of the product', () => {
  expect(fieldTypes().sort()).toEqual(
    'choice choices date date_range datetime department duration email long_text money note number phone rating table text time url user yes_no'.split(
      ' ',
    ),
  );
  expect(fieldType('hologram').kind).toBeUndefined();
});

const options = [{ value: 'a', label: 'A' }, { value: 'b' }, { value: 'c' }];

it.each([
  [field('text'), '  hi ', 'hi'],
  [field('text'), 'a\nb', 'must be a single line'],
  [field('text', { min_length: 3 }), 'ab', 'must have at least 3 characters; it has 2'],
  [field('text', { max_length: 2 }), '😀😀', '😀😀'],
  [
    field('text', { pattern: '[A-Z]{2}[0-9]+', placeholder: 'AB12' }),
    'x',
    'is not in the form that is asked for, for instance: AB12',
  ],
  [field('text', { pattern: '[A-Z]{2}[0-9]+' }), 'AB12', 'AB12'],
  [field('long_text'), 'a\r\nb', 'a\nb'],
  [field('number'), '1,200.50', 1200.5],
  [field('number'), '1.200,50', 'must be a number'],
  [field('number', { decimals: 0 }), 1.5, 'must be a whole number'],
  [field('number', { decimals: 2 }), 1.005, 'must have at most 2 decimals'],
  [field('number', { min: 1, unit: 'days' }), 0, 'must be at least 1 day'],
  [
    field('money', { currencies: ['EUR'] }),
    { amount: '1,200.5', currency: 'EUR' },
    { amount: '1200.50', currency: 'EUR' },
  ],
  [field('money'), { amount: '1.5', currency: 'JPY' }, 'must have at most 0 decimals: JPY has no smaller unit'],
  [field('money'), { amount: '1.5', currency: 'E' }, 'must name a currency by its three letters, such as EUR'],
  [field('money', { currencies: ['EUR', 'USD'] }), { amount: '1', currency: 'INR' }, 'must be in EUR or USD'],
  [field('money', { max: 5 }), { amount: '5.01', currency: 'EUR' }, 'must be at most 5 EUR'],
  [field('date'), '2026-02-29', 'must be a date of the calendar'],
  [field('date'), '0026-02-28', 'must be a date of the calendar'],
  [
    field('date_range'),
    { from: '2026-02-02', to: '2026-02-01' },
    'ends before it begins; the last day must not lie before the first',
  ],
  [field('date_range'), { from: '2026-02-02', to: '' }, 'must have a first and a last day'],
  [field('time'), '14:30', '14:30'],
  [field('time'), '24:00', 'must be a time of day, such as 14:30'],
  [field('duration'), '2 days', '2d'],
  [field('yes_no'), false, false],
  [field('choice', { options }), 'z', 'must be one of the choices that are offered'],
  [field('choices', { options }), ['c', 'a'], ['a', 'c']],
  [field('choices', { options }), ['z'], 'contains a choice that is not offered'],
  [field('email'), 'asha@acme.example', 'asha@acme.example'],
  [field('email'), 'asha@acme', 'must be an email address, such as asha@example.com'],
  [field('phone'), '+49 30 901820', '+49 30 901820'],
  [field('phone'), '12', 'must be a telephone number, such as +49 30 901820'],
  [field('url'), 'javascript:alert(1)', 'must be a web address that begins with https:// or http://'],
  [field('rating', { max: 3 }), 4, 'must be a whole number from 1 to 3'],
])('%o with %o', (f, value, want) => expect(judge(f, value)).toEqual(want));

describe('numbers', () => {
  it.each([
    ['1200', 1200],
    ['-0', 0],
    ['.5', 0.5],
    ['1.', 1],
    ['1 200', 1200],
    ['12,00', undefined],
    ['', undefined],
    ['1e5', undefined],
  ])('%s', (typed, want) => expect(readNumber(typed)).toBe(want));
  it('are shown with thousands apart', () => {
    expect(formatNumber(1234567.5, 2)).toBe('1,234,567.50');
    expect(formatNumber(3, 2)).toBe('3');
  });
});

describe('money', () => {
  it('keeps every digit', () => {
    expect(normalAmount('123456789012345.67', 'EUR')).toBe('123456789012345.67');
    expect(normalAmount('1.005', 'EUR')).toBeUndefined();
    expect(normalAmount('1.50', 'JPY')).toBeUndefined();
    expect(normalAmount('2.00', 'JPY')).toBe('2');
    expect(formatMoney({ amount: '123456789012345.67', currency: 'EUR' })).toContain('123,456,789,012,345.67');
  });
  it('is totalled by column, of one currency only', () => {
    const rows = [{ c: { amount: '0.10', currency: 'EUR' } }, {}, { c: { amount: '0.20', currency: 'EUR' } }];
    expect(totalOf(rows, 'c')).toBe(formatMoney({ amount: '0.30', currency: 'EUR' }));
    expect(totalOf([...rows, { c: { amount: '1', currency: 'USD' } }], 'c')).toBeUndefined();
  });
  it('is empty while only its currency is offered', () => {
    expect(isEmpty({ amount: '', currency: 'EUR' })).toBe(true);
    expect(isEmpty({ amount: '0', currency: 'EUR' })).toBe(false);
  });
});

it('moments go to the control in the zone of the reader and come back', () => {
  expect(fromLocal(toLocal('2026-11-24T12:30:00Z'))).toBe('2026-11-24T12:30:00Z');
  expect(toLocal('nonsense')).toBe('');
});

it('only web addresses become links', () => {
  expect(webAddress('https://acme.example/x')?.host).toBe('acme.example');
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'https://u:p@acme.example', 'http://', 'a b']) {
    expect(webAddress(bad)).toBeUndefined();
  }
});

it.each([
  [1, 'days', 'day'],
  [2, 'days', 'days'],
  [0, 'days', 'days'],
  [1.5, 'days', 'days'],
  ['', 'days', 'days'],
  [1, 'Gbps', 'Gbps'],
  [1, 'km', 'km'],
  [1, undefined, ''],
])('says the unit of %s as one does: %s', (n, unit, said) => expect(unitOf(unit, n)).toBe(said));

it('says limits with their unit', () => {
  expect(judge(field('number', { min: 1, unit: 'days' }), 0)).toBe('must be at least 1 day');
  expect(judge(field('number', { max: 30, unit: 'days' }), 31)).toBe('must be at most 30 days');
});
