import { expect, it } from 'vitest';
import type { Visit } from '@/api/types';
import { shorten, stopsOf } from './path';

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
const steps = [
  { step_id: 'submit', name: 'submit', type: 'start', ways: [] },
  { step_id: 'manager', name: 'manager', type: 'task', ways: [] },
  { step_id: 'amount', name: 'amount', type: 'condition', ways: [] },
  { step_id: 'hr', name: 'hr', type: 'task', ways: [] },
  { step_id: 'approved', name: 'approved', type: 'end', ways: [] },
];

it('shows where it has been, where it is and where it may come', () => {
  const path = [visit(1, 'submit', { type: 'start' }), visit(2, 'manager', { status: 'waiting' })];
  expect(stopsOf({ path, steps, status: 'running' }).map((s) => `${s.name} ${s.state}`)).toEqual([
    'submit done',
    'manager here',
    'hr ahead',
  ]);
});

it('does not promise anything once it has ended, and skips what decides by itself', () => {
  const path = [
    visit(1, 'submit', { type: 'start' }),
    visit(2, 'manager', {
      decided_by: [{ id: 'r', name: 'Ravi', email: '', status: 'active' }],
      transition_name: 'HR',
    }),
    visit(3, 'amount', { type: 'condition' }),
    visit(4, 'approved', { type: 'end' }),
  ];
  const stops = stopsOf({ path, steps, status: 'completed' });
  expect(stops.map((s) => s.state)).toEqual(['done', 'done', 'end']);
  expect(stops[1]?.about).toBe('Ravi chose HR');
});

it('is where somebody is asked again, and not where a decision waits for him', () => {
  const path = [
    visit(1, 'manager', { status: 'waiting', again: true, transition_name: 'HR' }),
    visit(2, 'hr', { status: 'waiting', waits: true, transition_name: 'Approve', cause: 1 }),
  ];
  expect(stopsOf({ path, steps, status: 'running' }).map((s) => [s.state, s.about])).toEqual([
    ['here', 'asked again'],
    ['done', undefined],
  ]);
});

it('tells a step that was left without a decision, and one that failed', () => {
  const path = [visit(1, 'manager', { status: 'cancelled' }), visit(2, 'hr', { status: 'incident' })];
  expect(stopsOf({ path, steps: [], status: 'running' }).map((s) => s.state)).toEqual(['back', 'stopped']);
});

it('shortens a long way in the middle', () => {
  const stops = stopsOf({
    path: Array.from({ length: 20 }, (_, i) => visit(i, `s${i}`)),
    steps: [],
    status: 'completed',
  });
  const short = shorten(stops);
  expect(short.stops).toHaveLength(9);
  expect(short.left).toBe(11);
  expect(short.stops.at(-1)?.name).toBe('s19');
  expect(shorten(stops.slice(0, 3)).left).toBe(0);
});

it('shows branches side by side, without what only splits and joins them', () => {
  const path = [
    visit(1, 'submit', { type: 'start' }),
    visit(2, 'checks', { type: 'fork', cause: 1 }),
    visit(3, 'legal', { cause: 2, status: 'waiting' }),
    visit(4, 'it', { cause: 2 }),
    visit(5, 'checked', { type: 'join', cause: 4, status: 'waiting' }),
  ];
  const definition = ['submit', 'checks', 'legal', 'it', 'checked', 'order'].map((id) => ({
    step_id: id,
    name: id,
    type: id === 'checks' ? 'fork' : id === 'checked' ? 'join' : 'task',
    ways: [],
  }));
  const stops = stopsOf({ path, steps: definition, status: 'running' });
  expect(stops.map((s) => [s.name, s.state, s.beside ?? false])).toEqual([
    ['submit', 'done', false],
    ['legal', 'here', false],
    ['it', 'done', true],
    ['order', 'ahead', false],
  ]);
  const behind = [
    ...path.slice(0, 4),
    visit(5, 'checked', { type: 'join', cause: 4 }),
    visit(6, 'checked', { type: 'join', cause: 3 }),
    visit(7, 'order', { cause: 6, status: 'waiting' }),
  ];
  expect(stopsOf({ path: behind, steps: definition, status: 'running' }).map((s) => s.beside ?? false)).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
