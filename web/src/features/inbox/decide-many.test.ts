import { expect, it, vi } from 'vitest';
import type { TaskRow } from '@/api/types';
import { decideMany, summary } from './decide-many';

type Body = { task_ids: string[] };
vi.mock('@/api/client', () => ({
  call: async (_: string, body: Body) => ({
    items: body.task_ids.map((task_id) => ({ task_id, done: task_id !== 't120', reason: 'A field' })),
  }),
}));

const tasks = Array.from({ length: 250 }, (_, i) => ({ id: `t${i}` }) as TaskRow);

it('asks a hundred at a time and tells what became of each', async () => {
  const progress: number[] = [];
  const results = await decideMany(tasks, 'approve', 'Fine', (n) => progress.push(n));
  expect(progress).toEqual([100, 200, 250]);
  expect(results.filter((r) => !r.done).map((r) => [r.task.id, r.reason])).toEqual([['t120', 'A field']]);
  expect(summary(results, 'approve')).toBe('249 approved, 1 skipped.');
});

it('says it in words', () => {
  expect(summary([{ done: true }], 'reject')).toBe('1 rejected.');
  expect(summary([{ done: false }], 'approve')).toBe('None approved, 1 skipped.');
});
