import { expect, it } from 'vitest';
import type { Definition } from '@/api/types';
import type { Kind } from '@/lib/rule';
import { furtherWords, labelsOf, operatorWords, ruleWords } from './definition-words';

it('says what a step starts by the labels of its table', () => {
  const document = {
    key: 'TRANSFER',
    name: 'Transfer',
    form: {
      fields: [
        {
          name: 'systems',
          label: 'Systems you need',
          type: 'table',
          columns: [
            { name: 'system', label: 'System', type: 'text' },
            { name: 'came_to', label: 'Came to', type: 'text' },
            { name: 'owner', type: 'user' },
          ],
        },
      ],
    },
  } as unknown as Definition;
  const starts = {
    workflow: 'ACCESS',
    each: 'systems',
    copy: { what: 'system', who: 'owner' },
    values: { training_done: 'true' },
    take: { came_to: 'outcome' },
  };
  expect(furtherWords({ id: 'access', type: 'workflow', starts }, labelsOf(document))).toEqual([
    'Starts one request of ACCESS for each row of “Systems you need”, in the name of the requester.',
    'Hands over “System” and “owner” of the row.',
    'Fills in training done there.',
    'Goes on when all have ended.',
    'Brings back “Came to”.',
  ]);
  expect(furtherWords({ id: 'access', type: 'workflow', starts }, labelsOf(document), () => 'IT access')[0]).toBe(
    'Starts one request of “IT access” for each row of “Systems you need”, in the name of the requester.',
  );
});

it('says rows with the kinds and values that are known', () => {
  const rows = {
    combinator: 'and',
    rules: [
      { field: 'form.from', operator: '<', value: '2026-01-31' },
      { field: 'form.from', operator: '>=', value: 'today', valueSource: 'field' },
      { field: 'user.roles', operator: 'in', value: ['a', 'b'] },
      { field: 'form.days', operator: 'notBetween', value: [1, 5] },
      { field: 'form.reason', operator: 'doesNotBeginWith', value: 'x' },
      { field: 'form.reason', operator: 'notNull', value: 'left over' },
    ],
  };
  const kinds: Record<string, Kind> = { 'form.from': 'date', 'user.roles': 'list', 'form.days': 'number' };
  const wording = {
    label: (variable: string) => ({ 'form.from': 'First day', today: 'Today' })[variable],
    kindOf: (variable: string) => kinds[variable],
    value: (_: string, value: unknown) => (value === 'a' ? 'Approvers' : undefined),
  };
  expect(ruleWords({ rows }, undefined, wording)).toBe(
    'First day is before 2026-01-31 and First day is on or after “Today” and user.roles contains one of Approvers, b and ' +
      'days is not between 1 and 5 and reason does not begin with x and reason is not empty',
  );
  expect(operatorWords('=', 'date')).toBe('is');
});
