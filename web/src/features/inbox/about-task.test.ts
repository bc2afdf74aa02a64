import { expect, it } from 'vitest';
import type { TaskRow } from '@/api/types';
import { aboutTask } from './about-task';

const task = (more: Partial<TaskRow>) =>
  ({ kind: 'decide', title: 'A trip', step_name: 'Manager', workflow: { name: 'Leave' }, ...more }) as TaskRow;
const ravi = { id: 'r', name: 'Ravi', email: '', status: 'active' as const };

it.each([
  [{}, 'Leave · Manager'],
  [{ title: 'Leave' }, 'Manager'],
  [{ kind: 'fix' }, 'Leave · Manager: sent back to you'],
  [{ kind: 'consult', asked_by: ravi }, 'Leave · Manager: Ravi asks for your opinion'],
  [{ kind: 'prepare', asked_by: ravi }, 'Leave · Manager: Ravi asks you to prepare it'],
  [{ on_behalf_of: ravi }, 'Leave · Manager: on behalf of Ravi'],
  [{ again: true, on_behalf_of: ravi }, 'Leave · Manager: asked again'],
  [{ asked_by: ravi }, 'Leave · Manager: asked by Ravi'],
  [
    { kind: 'consult', asked_by: ravi, assignee: { ...ravi, name: 'Meera' } },
    'Leave · Manager: asked for an opinion by Ravi',
  ],
] as [Partial<TaskRow>, string][])('says what is wanted: %o', (more, words) =>
  expect(aboutTask(task(more))).toBe(words),
);
