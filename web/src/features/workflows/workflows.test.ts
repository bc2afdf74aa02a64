import { describe, expect, it } from 'vitest';
import type { DocumentStep } from '@/api/types';
import { furtherWords, leadsTo, ruleWords, stepName, whoDecides } from '@/components/definition-words';
import { keyOf } from './clone-dialog';
import { beginning } from './period';

const names = (id: string | undefined) => (id ?? '').toUpperCase();
const step = (more: Partial<DocumentStep>): DocumentStep => ({ id: 'hr', type: 'task', ...more });

describe('the outline', () => {
  it.each([
    [{ strategy: 'manager', of: 'initiator' }, 'The manager of the requester'],
    [{ strategy: 'manager', of: 'last', levels: 2 }, 'The manager 2 levels above the person before'],
    [{ strategy: 'previous', step: 'hr' }, 'Whoever decided HR'],
    [{ strategy: 'rule', pick: 'least_loaded' }, 'Who has the least open work'],
    [{ strategy: 'department', department: 'FIN' }, 'The head of FIN'],
    [{ strategy: 'oracle' }, 'oracle'],
  ])('%o', (assignee, who) => expect(whoDecides(step({ assignee }), names)?.who).toBe(who));

  it.each([
    [{ need: 2 }, { strategy: 'role', role: 'board' }, '2 of those with the role board'],
    [
      { need: '2', sequence: true },
      { strategy: 'role', role: 'board' },
      '2 of those with the role board, one after another',
    ],
    [{}, { strategy: 'chosen' }, 'All of those whom the person before chooses'],
    [
      { need: '60%', veto: true },
      { strategy: 'rule' },
      '60 % of those who match; one voice against is enough to reject',
    ],
    [{ need: 'any' }, { strategy: 'user', users: ['a@x', 'b@x'] }, 'The first of a@x, b@x'],
    [
      { sequence: true },
      { strategy: 'manager', levels: 2 },
      'All of 2 managers above the requester, one after another',
    ],
    [{}, { strategy: 'department', department: 'FIN' }, 'All of the head of FIN'],
  ])('says how several decide: %o of %o', (vote, assignee, who) =>
    expect(whoDecides(step({ assignee, vote }), names)?.who).toBe(who),
  );

  it('says what each group of a vote needs', () => {
    const groups = [
      {
        id: 'finance',
        name: 'Finance',
        assignee: { strategy: 'rule', candidates: 'user.department == "FIN"' },
        need: 1,
      },
      { id: 'legal', assignee: { strategy: 'role', role: 'lawyer' } },
    ];
    expect(whoDecides(step({ vote: { groups } }), names)).toEqual({
      who: 'Each group decides',
      groups: [
        { name: 'Finance', who: '1 of those who match', rule: 'user.department == "FIN"' },
        { name: 'Legal', who: 'All of those with the role lawyer', rule: undefined },
      ],
    });
  });

  it('says what cannot be done in a step, and what forks and joins do', () => {
    expect(furtherWords(step({ without: ['delegate', 'consult'] }))).toEqual([
      'Who has it cannot delegate it or ask for an opinion.',
    ]);
    expect(furtherWords(step({ type: 'fork' }))).toEqual(['Every way whose rule holds is taken, at the same time.']);
    expect(furtherWords(step({ type: 'join' }))).toEqual(['Goes on when every branch that was taken has arrived.']);
    expect(furtherWords(step({ type: 'join', wait: { for: 1, until: 'form.urgent == true' } }))).toEqual([
      'Goes on when the first branch has arrived, or as soon as form.urgent == true; the others are stopped.',
    ]);
  });

  it('reads rules as text or as rows', () => {
    expect(ruleWords('form.a > 1')).toBe('form.a > 1');
    const rows = {
      combinator: 'or',
      rules: [
        { field: 'user.department', operator: '=', value: 'HR' },
        { not: true, combinator: 'and', rules: [{ field: 'user.city', operator: 'in', value: ['Pune', 'Goa'] }] },
        { field: 'user.level', operator: 'null' },
      ],
    };
    expect(ruleWords({ rows })).toBe(
      'user.department is HR or (not (user.city is one of Pune, Goa)) or user.level is empty',
    );
    expect(ruleWords(undefined)).toBe('');
    const labels = (field: string) => ({ days: 'Working days', region: 'Region' })[field] ?? field;
    expect(ruleWords('form.days > 5 && form.x == "form.days"', labels)).toBe(
      '“Working days” > 5 && “x” == "form.days"',
    );
    expect(ruleWords({ rows: { rules: [{ field: 'region', operator: '=', value: 'West' }] } }, labels)).toBe(
      'Region is West',
    );
  });

  it('says where a step leads', () => {
    const ways = leadsTo(
      step({
        type: 'condition',
        transitions: [
          { id: 'big', to: 'cfo', when: 'form.total > 5' },
          { id: 'small', to: 'pay', name: 'Small', comment: 'required' },
        ],
      }),
      names,
    );
    expect(ways).toEqual([
      { key: 'big', name: 'CFO', to: 'CFO', about: 'when form.total > 5' },
      { key: 'small', name: 'Small', to: 'PAY', about: 'otherwise, needs a reason' },
    ]);
    expect(stepName(step({ id: 'cost_check' }))).toBe('Cost check');
  });
});

it('makes keys as they must be', () => {
  expect(keyOf('Leave (copy) 2')).toBe('LEAVE_COPY_2');
});

it('begins a period at midnight, so that the same question is asked all day', () => {
  expect(beginning('30', new Date('2026-11-24T15:30:00Z'))).toBe('2026-10-25T00:00:00Z');
  expect(beginning('all')).toBeUndefined();
});
