import { expect, it } from 'vitest';
import type { HistoryItem, Person } from '@/api/types';
import { lastAct } from './steady';

const person = (name: string): Person => ({ id: name, name, email: '', status: 'active' });
let seq = 0;
const item = (type: string, more: Partial<HistoryItem> = {}): HistoryItem => {
  seq += 1;
  return { seq, type, at: `2026-05-01T09:00:${String(seq).padStart(2, '0')}Z`, ...more };
};
const [ravi, nandini] = [person('Ravi Menon'), person('Nandini Shah')];

it('tells the last act in the step, not what was said or what followed', () => {
  const items = [
    item('run.started', { actor: person('Asha Rao') }),
    item('task.completed', { actor: nandini, step_id: 'budget', kind: 'approve', step_name: 'Budget' }),
    item('task.completed', { actor: ravi, step_id: 'manager', kind: 'approve', step_name: 'Manager' }),
    item('task.completed', { actor: nandini, step_id: 'it', kind: 'approve', step_name: 'IT' }),
    item('task.created', { assignee: nandini, step_id: 'hr' }),
    item('comment.added', { actor: nandini }),
  ];
  expect(lastAct(items, 'manager')?.words).toBe('Ravi Menon approved it in Manager');
  expect(lastAct(items, undefined)?.words).toBe('Nandini Shah approved it in IT');
  expect(lastAct([...items, item('run.cancelled', { actor: nandini })], 'manager')?.words).toBe(
    'Nandini Shah cancelled the request',
  );
  expect(lastAct(items.slice(0, 1), 'manager')).toBeUndefined();
});
