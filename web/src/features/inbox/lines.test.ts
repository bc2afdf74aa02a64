import { expect, it } from 'vitest';
import type { TaskRow } from '@/api/types';
import { linesOfTasks } from './lines';

it('tells two tasks of one request apart', () => {
  const task = (id: string, number: string) => ({ id, number, run_id: number }) as TaskRow;
  const lines = linesOfTasks([task('1', 'LEAVE-1'), task('2', 'LEAVE-2'), task('3', 'LEAVE-1')]);
  expect(lines.map((line) => line.key)).toEqual(['LEAVE-1', 'LEAVE-2', 'LEAVE-1~2']);
  expect(lines[2]?.ref).toBe('LEAVE-1');
});
