import { expect, it } from 'vitest';
import type { HistoryItem, Person, Run } from '@/api/types';
import { involvedIn } from './involved';

const person = (name: string): Person => ({ id: name, name, email: '', status: 'active' });
const item = (type: string, more: Partial<HistoryItem>): HistoryItem => ({
  seq: 1,
  type,
  at: '2026-11-24T12:00:00Z',
  ...more,
});

it('lists everybody once with all their parts, also who handed it on', () => {
  const run = {
    initiator: person('Asha'),
    path: [{ name: 'Manager', decided_by: [person('Ravi')] }],
    tasks: [{ step_name: 'HR', assignee: person('Meera') }, { step_name: 'IT' }],
  } as unknown as Run;
  const history = [
    item('task.reassigned', { former: person('Hana'), assignee: person('Meera'), step_name: 'HR' }),
    item('comment.added', { actor: person('Asha') }),
  ];
  expect(involvedIn(run, history).map((part) => [part.person.name, part.parts.join('; '), part.open])).toEqual([
    ['Asha', 'Requester; Commented', false],
    ['Meera', 'HR, now', true],
    ['Ravi', 'Manager', false],
    ['Hana', 'HR, handed on', false],
  ]);
});
