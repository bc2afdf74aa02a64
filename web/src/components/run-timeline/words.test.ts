import { describe, expect, it } from 'vitest';
import type { HistoryItem, Person } from '@/api/types';
import { entriesOf, entryOf, groupsOf, listed, sentence } from './words';

const person = (name: string): Person => ({ id: name, name, email: `${name}@acme.example`, status: 'active' });
const asha = person('Asha Rao');
const ravi = person('Ravi Menon');
const meera = person('Meera Iyer');

const item = (type: string, more: Partial<HistoryItem> = {}): HistoryItem => ({
  seq: 1,
  type,
  at: '2026-11-24T12:00:00Z',
  ...more,
});
const say = (type: string, more?: Partial<HistoryItem>) => {
  const entry = entryOf(item(type, more));
  return entry && sentence(entry);
};

describe('the history in words', () => {
  it.each([
    ['run.started', { actor: asha }, 'Asha Rao started the request'],
    ['task.created', { assignee: ravi, step_name: 'Manager' }, 'Assigned to Ravi Menon for Manager'],
    ['task.created', { step_name: 'HR' }, 'Offered to everybody who may take it for HR'],
    ['task.claimed', { actor: meera, step_name: 'HR' }, 'Meera Iyer took it in HR'],
    ['task.released', { actor: meera, step_name: 'HR' }, 'Meera Iyer gave it back in HR'],
    [
      'task.completed',
      { actor: ravi, kind: 'approve', step_name: 'Manager', transition_name: 'HR', to_step_name: 'HR' },
      'Ravi Menon approved it in Manager',
    ],
    [
      'task.completed',
      { actor: ravi, kind: 'forward', step_name: 'Check', transition_name: 'Needs finance', to_step_name: 'Finance' },
      'Ravi Menon completed it in Check with Needs finance',
    ],
    ['task.completed', { actor: ravi, kind: 'reject', step_name: 'Manager' }, 'Ravi Menon rejected it in Manager'],
    ['task.completed', { actor: meera, on_behalf_of: ravi, kind: 'approve' }, 'Meera Iyer for Ravi Menon approved it'],
    ['task.sent_back', { actor: ravi, to_step_name: 'the requester' }, 'Ravi Menon sent it back to the requester'],
    ['task.reassigned', { actor: ravi, former: ravi, assignee: meera }, 'Ravi Menon passed it on to Meera Iyer'],
    [
      'task.voided',
      { actor: meera, former: ravi, step_name: 'Manager', fields: [{ name: 'a', label: 'Amount' }] },
      'The decision of Ravi Menon in Manager does not count any more: Meera Iyer changed Amount since',
    ],
    [
      'task.undone',
      { actor: ravi, kind: 'approve', step_name: 'Manager' },
      'Ravi Menon took the approval back in Manager',
    ],
    ['task.undone', { actor: ravi, kind: 'forward' }, 'Ravi Menon took the decision back'],
    ['task.undone', { actor: asha, kind: 'forward', task_kind: 'fix' }, 'Asha Rao took back that it was submitted'],
    [
      'task.undone',
      { actor: ravi, kind: 'approve', away: { from: '2026-02-02', until: '2026-02-06' } },
      'Ravi Menon took the approval back; the absence that followed is gone, too',
    ],
    ['task.created', { assignee: ravi, step_name: 'Manager', again: true }, 'Ravi Menon is asked again for Manager'],
    [
      'task.created',
      { assignee: ravi, asked_by: meera, again: true, step_name: 'Manager' },
      'Ravi Menon is asked again for Manager',
    ],
    ['step.waits', { step_name: 'HR' }, 'HR is decided, and waits for those who are asked again'],
    [
      'task.reassigned',
      { actor: asha, former: ravi, assignee: meera },
      'Asha Rao passed it on from Ravi Menon to Meera Iyer',
    ],
    [
      'fields.changed',
      {
        actor: ravi,
        fields: [
          { name: 'a', label: 'From' },
          { name: 'b', label: '' },
          { name: 'c', label: 'To' },
        ],
      },
      'Ravi Menon changed From, b and To',
    ],
    ['comment.added', { actor: asha, comment: 'Please hurry' }, 'Asha Rao commented'],
    ['run.completed', { outcome: 'not_needed' }, 'The request ended: not needed'],
    ['run.cancelled', { actor: asha, reason: 'withdrawn' }, 'Asha Rao withdrew the request'],
    ['run.cancelled', { actor: meera, reason: 'operator' }, 'Meera Iyer cancelled the request'],
    ['run.incident', { detail: 'no rule holds' }, 'The request cannot go on: no rule holds'],
    ['task.completed', { kind: 'approve' }, 'Handstamp approved it'],
    [
      'task.completed',
      { actor: ravi, kind: 'approve', step_name: 'Review', group: 'Finance' },
      'Ravi Menon approved it in Review for Finance',
    ],
    [
      'task.completed',
      { actor: meera, kind: 'answer', task_kind: 'consult', step_name: 'Manager' },
      'Meera Iyer answered in Manager',
    ],
    [
      'task.completed',
      { actor: meera, kind: 'answer', task_kind: 'prepare', step_name: 'Manager' },
      'Meera Iyer prepared it in Manager',
    ],
    [
      'task.created',
      { actor: ravi, asked_by: ravi, assignee: meera, task_kind: 'consult' },
      'Ravi Menon asked Meera Iyer for an opinion',
    ],
    [
      'task.created',
      { actor: ravi, asked_by: ravi, assignee: meera, task_kind: 'prepare' },
      'Ravi Menon asked Meera Iyer to prepare it',
    ],
    [
      'task.created',
      { actor: ravi, asked_by: ravi, assignee: meera, task_kind: 'decide', where: 'before' },
      'Ravi Menon asked Meera Iyer to approve it first',
    ],
    [
      'task.created',
      { actor: ravi, asked_by: ravi, assignee: meera, task_kind: 'decide', where: 'beside' },
      'Ravi Menon asked Meera Iyer to approve it, too',
    ],
    [
      'task.created',
      { actor: ravi, asked_by: ravi, assignee: meera, task_kind: 'decide', where: 'after' },
      'Ravi Menon asked Meera Iyer to approve it afterwards',
    ],
    [
      'task.created',
      { assignee: ravi, step_name: 'Review', group: 'Finance' },
      'Assigned to Ravi Menon for Review (Finance)',
    ],
    ['task.created', { assignee: asha, task_kind: 'fix' }, 'Asha Rao is asked to correct it'],
    [
      'task.delegated',
      { actor: ravi, former: ravi, assignee: meera, on_behalf_of: ravi },
      'Ravi Menon delegated it: Meera Iyer decides for Ravi Menon',
    ],
    [
      'task.delegated',
      { actor: meera, former: ravi, assignee: meera, on_behalf_of: ravi },
      'Meera Iyer took it over from Ravi Menon',
    ],
    [
      'task.delegated',
      { actor: meera, former: asha, assignee: meera, on_behalf_of: ravi },
      'Meera Iyer took it over from Asha Rao, for Ravi Menon',
    ],
    ['task.delegated', { actor: meera, former: meera, assignee: ravi }, 'Meera Iyer gave it back to Ravi Menon'],
    [
      'task.created',
      { assignee: meera, on_behalf_of: ravi, step_name: 'HR' },
      'Assigned to Meera Iyer on behalf of Ravi Menon for HR',
    ],
    [
      'task.delegated',
      { former: ravi, assignee: meera, on_behalf_of: ravi },
      'Meera Iyer stands in for Ravi Menon, who is away',
    ],
    ['task.delegated', { former: meera, assignee: ravi }, 'It is back with Ravi Menon'],
    ['task.queued', { assignee: ravi }, 'Ravi Menon waits until that is done'],
    ['task.opened', { assignee: ravi }, 'It is the turn of Ravi Menon'],
    [
      'task.cancelled',
      { assignee: meera, task_kind: 'consult', step_name: 'Manager' },
      'The question to Meera Iyer was withdrawn',
    ],
    [
      'task.sent_back',
      { actor: ravi, to_step_name: 'the requester', to_me: true, correct: [{ name: 'cost', label: 'Cost' }] },
      'Ravi Menon sent it back to the requester, to correct Cost; it then comes straight back',
    ],
    ['run.recalled', { actor: asha }, 'Asha Rao recalled the request to change it'],
    ['run.held', { actor: meera }, 'Meera Iyer put the request on hold'],
    ['run.resumed', { actor: meera }, 'Meera Iyer let the request go on'],
    ['stakeholder.added', { actor: asha, person: ravi }, 'Asha Rao added Ravi Menon'],
    ['stakeholder.removed', { actor: asha, person: ravi }, 'Asha Rao took Ravi Menon off the request'],
    ['run.nudged', { actor: asha }, 'Asha Rao sent a reminder'],
    [
      'run.migrated',
      { actor: asha, from_version: 3, to_version: 4 },
      'Asha Rao moved this request from version 3 to version 4',
    ],
    [
      'step.skipped',
      { assignee: ravi, step_name: 'Budget owner' },
      'Budget owner was passed over: Ravi Menon has approved it already',
    ],
    ['step.cancelled', { step_name: 'Legal' }, 'Legal was stopped'],
  ] as const)('%s', (type, more, words) => expect(say(type, more as Partial<HistoryItem>)).toBe(words));

  it('leaves out what only machines need', () => {
    expect(say('step.entered')).toBeUndefined();
    expect(say('step.left')).toBeUndefined();
    expect(say('fields.changed', { actor: ravi, fields: [] })).toBeUndefined();
  });

  it('shows an event it does not know rather than hiding it', () => {
    expect(say('vote.cast', { actor: ravi })).toBe('Ravi Menon: vote cast');
  });

  it('gives people their acts and keeps circumstances quiet', () => {
    expect(entryOf(item('task.completed', { actor: ravi, kind: 'approve' }))).toMatchObject({ by: ravi, quiet: false });
    expect(entryOf(item('task.created', { assignee: ravi }))).toMatchObject({ by: undefined, quiet: true });
  });
});

it('does not tell the first values as changes', () => {
  const at = '2026-11-24T12:00:00Z';
  const changed = { actor: asha, fields: [{ name: 'a', label: 'From' }] };
  const items = [
    item('run.started', { actor: asha, at }),
    item('fields.changed', { ...changed, at }),
    item('fields.changed', { ...changed, at: '2026-11-25T12:00:00Z' }),
  ];
  expect(entriesOf(items).map(({ entry }) => entry.icon)).toEqual(['start', 'edit']);
});

it('lists as people do', () => {
  expect(listed(['a'])).toBe('a');
  expect(listed(['a', 'b'])).toBe('a and b');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
});

it('puts what followed from an act below it, and keeps the acts apart', () => {
  const at = '2026-11-24T13:00:00Z';
  const groups = groupsOf([
    item('run.started', { seq: 1, actor: asha }),
    item('task.created', { seq: 2, assignee: ravi }),
    item('fields.changed', { seq: 3, at, actor: ravi, fields: [{ name: 'days', label: 'Days' }] }),
    item('task.completed', { seq: 4, at, actor: ravi, kind: 'approve' }),
    item('task.created', { seq: 5, at, assignee: meera }),
    item('run.completed', { seq: 6, at, outcome: 'approved' }),
  ]);
  expect(groups.map((group) => [group.item.seq, group.followed.map((line) => line.item.seq)])).toEqual([
    [1, [2]],
    [4, [3, 5]],
    [6, []],
  ]);
});

it('tells once what is said of several people at the same moment', () => {
  const asked = (seq: number, assignee: Person, more: Partial<HistoryItem> = {}) =>
    item('task.created', { seq, assignee, step_id: 'board', step_name: 'Board', ...more });
  const words = (items: HistoryItem[]) => entriesOf(items).map(({ entry }) => sentence(entry));
  expect(words([asked(1, asha), asked(2, ravi)])).toEqual(['Assigned to Asha Rao and Ravi Menon for Board']);
  const many = [asha, ravi, meera, person('Finn'), person('Fay')].map((who, i) => asked(i, who));
  expect(words(many)).toEqual(['Assigned to Asha Rao, Ravi Menon and 3 more for Board']);
  expect(words([asked(1, asha, { group: 'Law' }), asked(2, ravi, { group: 'IT' })])).toHaveLength(2);
  expect(words([asked(1, asha), asked(2, ravi, { warning: 'Nobody matched' })])).toHaveLength(2);
  const closed = (seq: number, assignee: Person) => item('task.cancelled', { seq, assignee, step_id: 'board' });
  expect(words([closed(1, asha), closed(2, ravi), closed(3, meera)])).toEqual([
    'The tasks of Asha Rao, Ravi Menon and Meera Iyer were closed',
  ]);
});

it('says what an approved leave brought about', () => {
  const away = { from: '2026-12-01', until: '2026-12-04' };
  const said = (more: Partial<HistoryItem>) => say('absence.planned', { assignee: asha, away, ...more });
  expect(said({ stand_in: ravi })).toMatch(
    /^Asha Rao is noted as away from .*1.* to .*4.*; Ravi Menon decides meanwhile$/,
  );
  expect(said({ reason: 'overlap' })).toContain('what was planned for that time already stays');
  expect(said({ away: { from: '2026-12-01', until: '2026-12-01' } })).toMatch(/ away on /);
});

describe('requests that a request started', () => {
  const started = (seq: number, more: Partial<HistoryItem> = {}) =>
    item('sub.requested', { seq, workflow_key: 'ACCESS', on_behalf_of: asha, ...more });
  const told = (items: HistoryItem[]) => entriesOf(items).map(({ entry }) => sentence(entry));

  it('are one line when they are of one kind, for one person, at one moment', () => {
    expect(told([started(1), started(2), started(3)])).toEqual(['3 requests of ACCESS are started for Asha Rao']);
    expect(told([started(1)])).toEqual(['A request of ACCESS is started for Asha Rao']);
    expect(told([started(1, { workflow_name: 'IT access' })])).toEqual([
      'A request of IT access is started for Asha Rao',
    ]);
    expect(told([started(1), started(2, { on_behalf_of: ravi }), started(3, { workflow_key: 'BUY' })])).toHaveLength(3);
    expect(told([started(1), started(2, { at: '2026-11-24T12:00:01Z' })])).toHaveLength(2);
  });

  it.each([
    ['approved', 'done'],
    ['rejected', 'reject'],
    ['cancelled', 'stop'],
  ])('that ended with %s have its sign', (outcome, icon) => {
    expect(entryOf(item('sub.ended', { number: 'ACCESS-7', outcome }))?.icon).toBe(icon);
  });
});
