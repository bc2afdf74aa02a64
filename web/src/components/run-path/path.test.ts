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
