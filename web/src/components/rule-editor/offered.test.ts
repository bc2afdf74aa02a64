import { describe, expect, it } from 'vitest';
import type { Kind } from '@/lib/rule';
import { operatorsOf, rowOperators } from '@/lib/rule/rows';
import { matchWords } from './matches';
import { offeredOperators } from './offered';
import type { Variable } from './variables';

const variable = (kind: Kind, more: Partial<Variable> = {}): Variable => ({
  name: 'v',
  label: 'V',
  kind,
  group: 'G',
  ...more,
});
const names = (of: Variable, chosen?: string) => offeredOperators(of, chosen).map(({ value }) => value);
const kinds: Kind[] = ['text', 'number', 'bool', 'date', 'timestamp', 'list', 'rows'];

describe('the operators that are offered', () => {
  it.each(kinds)('work on a %s', (kind) => {
    const all = operatorsOf(kind);
    expect(all).toEqual(expect.arrayContaining(names(variable(kind))));
    expect(names(variable(kind)).length).toBeGreaterThan(1);
  });
  it('are called by words, each its own', () => {
    for (const kind of kinds) {
      const words = offeredOperators(variable(kind)).map(({ label }) => label);
      expect(new Set(words).size).toBe(words.length);
      expect(words.filter((word) => word in rowOperators && word !== 'contains')).toEqual([]);
    }
  });
  it('say what they mean for the kind', () => {
    const label = (kind: Kind, operator: string) =>
      offeredOperators(variable(kind), operator).find(({ value }) => value === operator)?.label;
    expect([label('date', '<'), label('number', '<'), label('list', 'in')]).toEqual([
      'is before',
      'is below',
      'contains one of',
    ]);
  });
  it('leave out what says nothing of a list of choices, unless it is chosen', () => {
    const region = variable('text', { options: [{ value: 'in' }] });
    expect(names(region)).toEqual(['=', '!=', 'in', 'notIn', 'null', 'notNull']);
    expect(names(region, 'beginsWith')).toContain('beginsWith');
  });
});

describe('who matches, in words', () => {
  const people = ['Anna Rao', 'Ben Holt', 'Cara Ode'].map((name) => ({
    id: name,
    name,
    email: '',
    status: 'active' as const,
  }));
  const variables = new Map(
    [
      variable('text', { name: 'initiator.department', label: 'Department of the requester' }),
      variable('number', { name: 'form.cost.amount', label: 'Cost: amount' }),
    ].map((v) => [v.name, v]),
  );
  const words = (found: object) => matchWords({ count: 0, people: [], ...found }, variables);
  it('counts and names', () => {
    expect(words({})).toBe('Nobody matches now.');
    expect(words({ count: 1, people: people.slice(0, 1) })).toBe('1 person matches now: Anna Rao.');
    expect(words({ count: 2, people: people.slice(0, 2) })).toBe('2 people match now: Anna Rao and Ben Holt.');
    expect(words({ count: 3, people })).toBe('3 people match now: Anna Rao, Ben Holt and 1 other.');
    expect(words({ count: 1214, people })).toBe('1,214 people match now: Anna Rao, Ben Holt and 1,212 others.');
    expect(words({ count: 10000, more: true, people })).toBe(
      'More than 10,000 people match now: Anna Rao, Ben Holt and many others.',
    );
  });
  it('says what it depends on by the labels', () => {
    expect(words({ depends: true, on: ['form.cost', 'initiator.department'] })).toBe(
      'Who matches depends on the request: on “Cost” and “Department of the requester”.',
    );
    expect(words({ depends: true, on: ['params.limit'] })).toBe(
      'Who matches depends on the parameters of the workflow: on “params.limit”.',
    );
  });
});
