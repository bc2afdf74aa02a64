import { expect, it } from 'vitest';
import type { OpenTask } from '@/api/types';
import { aboutHolding, holdingsOf } from './holders';

const task = (step_id: string, kind: string, name: string) =>
  ({ id: name, step_id, step_name: step_id.toUpperCase(), kind, assignee: { name } }) as unknown as OpenTask;

it('tells branches and voices apart, and help from decisions', () => {
  const tasks = [
    task('it', 'decide', 'Ingo'),
    task('board', 'decide', 'Finn'),
    task('board', 'consult', 'Asha'),
    task('board', 'decide', 'Gita'),
  ];
  const found = holdingsOf(tasks).map((h) => [aboutHolding(h), h.tasks.map((t) => t.assignee?.name).join(', ')]);
  expect(found).toEqual([
    ['IT', 'Ingo'],
    ['BOARD', 'Finn, Gita'],
    ['an opinion for BOARD', 'Asha'],
  ]);
});
