import { expect, it } from 'vitest';
import type { HistoryItem, Person, Run } from '@/api/types';
import { involvedIn, onlyWatching } from './involved';

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
    later: [],
    votes: [],
    stakeholders: [],
    watchers: [],
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

it('tells who votes, who is asked for help, who comes later and for whom somebody decides', () => {
  const run = {
    initiator: person('Asha'),
    path: [],
    tasks: [
      { step_name: 'Board', kind: 'decide', assignee: person('Finn'), on_behalf_of: person('Fay') },
      { step_name: 'Board', kind: 'consult', assignee: person('Asha') },
    ],
    later: [{ step_name: 'Board', kind: 'decide', assignee: person('Gita') }],
    votes: [
      {
        step_name: 'Board',
        voices: [
          { person: person('Lars'), status: 'completed' },
          { person: person('Gita'), status: 'queued' },
        ],
      },
    ],
    stakeholders: [],
    watchers: [],
  } as unknown as Run;
  const history = [
    // In whose name another request was started stands for nobody.
    item('sub.requested', { on_behalf_of: person('Asha') }),
    item('task.completed', { actor: person('Dora'), kind: 'answer', task_kind: 'consult', step_name: 'Board' }),
  ];
  expect(involvedIn(run, history).map((part) => [part.person.name, part.parts.join('; '), part.open])).toEqual([
    ['Asha', 'Requester; Board, asked for an opinion', true],
    ['Finn', 'Board, now', true],
    ['Fay', 'Represented', false],
    ['Gita', 'Board, later', false],
    ['Lars', 'Board', false],
    ['Dora', 'Board, gave an opinion', false],
  ]);
});

it('tells who was added by whom, and who watches: at their part, else beside it', () => {
  const run = {
    initiator: person('Asha'),
    path: [],
    tasks: [],
    later: [],
    votes: [],
    stakeholders: [{ person: person('Hana'), added_by: person('Asha'), remove: true }],
    watchers: [person('Asha'), person('Omar')],
  } as unknown as Run;
  const parts = involvedIn(run, []);
  expect(parts.map((part) => [part.person.name, part.parts.join('; ')])).toEqual([
    ['Asha', 'Requester; watches it'],
    ['Hana', 'Added by Asha'],
  ]);
  expect(onlyWatching(run, parts).map(({ name }) => name)).toEqual(['Omar']);
});
