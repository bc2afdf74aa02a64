import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { celOfRows, operatorsOf, type Rows, rowOperators, rowsOfCel } from './rows';
import type { Kind } from './values';

type Corpus = {
  operators: Record<string, { values: number; kinds: Kind[] }>;
  variables: Record<string, Kind>;
  cases: { source: { rows: Rows }; cel: string }[];
};

// The contract that Go is held against as well: what it says of its operators, and the CEL it writes.
const corpus: Corpus = JSON.parse(readFileSync('../internal/core/rule/testdata/rows.json', 'utf8'));
const kindOf = (name: string): Kind | undefined => corpus.variables[name];
const row = (field: string, operator: string, value?: unknown, valueSource?: string) => ({
  field,
  operator,
  value,
  ...(valueSource && { valueSource }),
});
const and = (...rules: Rows['rules'] & object): Rows => ({ combinator: 'and', rules });

describe('the operators', () => {
  it('are those of the server', () => {
    const mine = Object.entries(rowOperators).map(([name, { values, kinds }]) => [
      name,
      { values: values === 'many' ? -1 : values, kinds },
    ]);
    expect(Object.fromEntries(mine)).toEqual(corpus.operators);
  });
  it('are offered for the kinds they work on', () => {
    expect(operatorsOf('bool')).toEqual(['=', '!=', 'in', 'notIn', 'null', 'notNull']);
    expect(operatorsOf('rows')).toEqual(['null', 'notNull']);
    expect(operatorsOf('money')).toEqual([]);
  });
});

describe('the CEL of rows', () => {
  it('is there', () => expect(corpus.cases.length).toBeGreaterThan(120));
  it.each(corpus.cases.map((c) => [c.cel, c] as const))('%s', (_, { source, cel }) => {
    expect(celOfRows(source.rows, kindOf)).toEqual({ cel, faults: [] });
  });
  it.each(corpus.cases.map((c) => [c.cel]))('%s is read back, or left as text', (cel) => {
    const rows = rowsOfCel(cel, kindOf);
    if (rows) expect(celOfRows(rows, kindOf)).toEqual({ cel, faults: [] });
  });
});

describe('text that rows can show', () => {
  it.each([
    'user.department == "HR"',
    'user.department == "HR" && user.id != initiator.id',
    'form.reason in ["office", "hybrid"]',
    '"finance_approver" in user.roles',
    '!("a" in form.tags)',
    'form.days > 3 && (form.urgent == true || form.reason == null)',
    '!(form.days > 1 || form.days < 9)',
    '!(form.reason in ["a", "b"])',
    '(form.from >= date("2026-01-01") && form.from <= date("2026-01-31"))',
    '(form.reason != null && form.reason.startsWith("a")) && form.days == -1',
    '("a" in form.tags || "b" in form.tags) && size(form.items) != 0',
    'form.at < timestamp("2026-01-31T10:00:00Z") || form.from <= today',
  ])('%s', (cel) => {
    const rows = rowsOfCel(cel, kindOf);
    expect(rows).toBeDefined();
    expect(celOfRows(rows as Rows, kindOf)).toEqual({ cel, faults: [] });
  });
  it('reads between and "begins with" as one row each', () => {
    expect(rowsOfCel('(form.days >= 1 && form.days <= 5)', kindOf)).toEqual(and(row('form.days', 'between', [1, 5])));
    expect(rowsOfCel('form.days >= 1 && form.days <= 5', kindOf)?.rules).toHaveLength(2);
    expect(rowsOfCel('(form.reason == null || !form.reason.endsWith("x"))', kindOf)).toEqual(
      and(row('form.reason', 'doesNotEndWith', 'x')),
    );
  });
});

describe('text that rows cannot show', () => {
  it.each([
    'form.items.exists(x, x.n > 3)',
    'form.days + 1 > 3',
    'form.urgent',
    "form.reason == 'single quotes'",
    'form.days>3',
    'form.nope == 1',
    '(form.days > 1 && form.days < 9) && form.urgent == true',
    'form.days == 1 // because',
    'form.days ==',
    '',
    'true',
    '1 == form.days',
    'size(form.tags) > 3',
    'form.days in [1, form.total.amount]',
  ])('%s', (cel) => expect(rowsOfCel(cel, kindOf)).toBeUndefined());
});

describe('rows that say nothing, or too much', () => {
  const ok = row('form.days', '>', 1);
  it.each<[string, Rows, string]>([
    ['no rows', and(), ''],
    ['an empty group', and(ok, and()), '2'],
    ['no combinator', { rules: [ok] }, ''],
    ['a combinator nobody knows', { combinator: 'xor', rules: [ok] }, ''],
    ['a variable that is not there', and(ok, row('form.nope', '=', 1)), '2'],
    ['nothing chosen', and({}), '1'],
    ['a money as a whole', and(row('form.total', '=', 1)), '1'],
    ['an operator of another kind', and(row('form.days', 'contains', '1')), '1'],
    ['an operator that is a member of every object', and(row('form.days', 'constructor', '1')), '1'],
    ['no value', and(row('form.days', '=')), '1'],
    ['an empty number', and(row('form.days', '=', '')), '1'],
    ['words for a number', and(row('form.days', '=', 'NaN')), '1'],
    ['a day that is not there', and(row('form.from', '=', '2026-02-30')), '1'],
    ['a moment without a time', and(row('form.at', '=', '2026-02-03')), '1'],
    ['yes for true', and(row('form.urgent', '=', 'yes')), '1'],
    ['one end', and(row('form.days', 'between', [1])), '1'],
    ['an open end', and(row('form.days', 'between', [1, ''])), '1'],
    ['none of several', and(row('form.days', 'in', [])), '1'],
    ['too many', and(row('form.days', 'in', Array(201).fill(1))), '1'],
    ['another kind', and(row('form.days', '=', 'form.reason', 'field')), '1'],
    ['no other variable', and(row('form.days', '=', undefined, 'field')), '1'],
    ['a value from nowhere', and(row('form.days', '=', 1, 'code')), '1'],
    ['a muted row', and({ ...ok, muted: true } as typeof ok), '1'],
    ['a muted group', { ...and(ok), muted: true } as Rows, ''],
    ['rows of a table', and({ ...row('form.tags', '=', 1), match: { mode: 'all' } } as typeof ok), '1'],
    ['deep down', and(and(and(row('form.days', '=')))), '1.1.1'],
  ])('%s', (_, rows, at) => {
    const { cel, faults } = celOfRows(rows, kindOf);
    expect([cel, faults.map((fault) => fault.at)]).toEqual(['', [at]]);
  });
  it('bounds how many and how deep', () => {
    expect(celOfRows(and(...Array(100).fill(ok)), kindOf).faults).toEqual([]);
    expect(celOfRows(and(...Array(101).fill(ok)), kindOf).faults).toHaveLength(1);
    let deep = and(ok);
    for (let i = 0; i < 10; i++) deep = and(deep);
    expect(celOfRows(deep, kindOf).faults[0]?.message).toMatch(/10 deep/);
    expect(celOfRows(deep.rules?.[0] as Rows, kindOf).faults).toEqual([]);
  });
});
