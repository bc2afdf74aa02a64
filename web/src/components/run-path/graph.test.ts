import { expect, it } from 'vitest';
import type { Run, Visit } from '@/api/types';
import { graphOf } from './graph';

const visit = (seq: number, step: string, more: Partial<Visit> = {}): Visit => ({
  seq,
  step_id: step,
  name: step,
  type: 'task',
  status: 'succeeded',
  round: 1,
  entered_at: '2026-11-24T12:00:00Z',
  ...more,
});
const way = (to: string, id = to) => ({ id, to_step_id: to, name: to, kind: 'approve' });
const steps: Run['steps'] = [
  { step_id: 'submit', name: 'Submit', type: 'start', ways: [way('manager', 'go')] },
  { step_id: 'manager', name: 'Manager', type: 'task', who: 'the manager of the requester', ways: [way('hr')] },
  { step_id: 'hr', name: 'HR', type: 'task', who: 'whom you choose', ways: [way('approved')] },
  { step_id: 'approved', name: 'Approved', type: 'end', ways: [] },
  { step_id: 'rejected', name: 'Rejected', type: 'end', ways: [] },
];
const ravi = { id: 'r', name: 'Ravi', email: '', status: 'active' as const };

it('tells where a run has been, where it is, where it may go and where not', () => {
  const path = [
    visit(1, 'submit', { transition_id: 'go' }),
    visit(2, 'manager', { cause: 1, transition_id: 'hr', decided_by: [ravi] }),
    visit(3, 'hr', { cause: 2, status: 'waiting' }),
  ];
  const graph = graphOf({ path, steps, tasks: [], status: 'running' });
  expect(Object.values(graph.marks).map((mark) => mark.state)).toEqual(['been', 'been', 'here', 'may', 'past']);
  expect(graph.transitions.map((t) => t.been)).toEqual([true, true, false]);
  expect(graph.steps[1]?.about).toBe('Ravi');
});

it('promises nothing once the run has ended', () => {
  const path = [visit(1, 'submit', { transition_id: 'go' }), visit(2, 'manager', { status: 'cancelled', cause: 1 })];
  const { marks } = graphOf({ path, steps, tasks: [], status: 'cancelled' });
  expect([marks.manager?.state, marks.hr?.state]).toEqual(['past', 'past']);
});

it('marks every branch where it is, and what has arrived where they meet', () => {
  const branches: Run['steps'] = [
    { step_id: 'checks', name: 'Checks', type: 'fork', ways: [way('legal'), way('it')] },
    { step_id: 'legal', name: 'Legal', type: 'task', ways: [way('met')] },
    { step_id: 'it', name: 'IT', type: 'task', ways: [way('met')] },
    { step_id: 'met', name: 'Met', type: 'join', ways: [way('order')] },
    { step_id: 'order', name: 'Order', type: 'task', ways: [] },
  ];
  const path = [
    visit(1, 'checks', { type: 'fork' }),
    visit(2, 'legal', { cause: 1, status: 'waiting' }),
    visit(3, 'it', { cause: 1, transition_id: 'met' }),
    visit(4, 'met', { type: 'join', cause: 3, status: 'waiting' }),
  ];
  const tasks = ['Dev', 'Anya', 'Kabir'].map((name) => ({ step_id: 'legal', assignee: { name } })) as Run['tasks'];
  const graph = graphOf({ path, steps: branches, tasks, status: 'running' });
  expect(graph.marks).toMatchObject({
    checks: { state: 'been' },
    legal: { state: 'here' },
    it: { state: 'been' },
    met: { state: 'may', count: 1, noun: 'arrived' },
    order: { state: 'may' },
  });
  expect(graph.transitions.map((t) => `${t.from}>${t.to}${t.been ? ' been' : ''}`)).toEqual([
    'checks>legal been',
    'checks>it been',
    'legal>met',
    'it>met been',
    'met>order',
  ]);
  expect(graph.steps[1]?.about).toBe('Dev and 2 more');
});
