import { expect, it } from 'vitest';
import type { FieldView, Person, Task } from '@/api/types';
import { askedAgain, noteOf, taskTitle } from './task-words';

const person = (name: string): Person => ({ id: name, name, email: '', status: 'active' });
const task = (more: Partial<Task>) => ({ kind: 'decide', step_name: 'Manager', ...more }) as Task;
const said = (by: string, text: string) => ({ by: person(by), text, at: '2026-11-24T12:00:00Z' });
const fields = [
  { name: 'cost', label: 'Cost' },
  { name: 'days', label: 'Days' },
] as FieldView[];

it('says nothing of a task that came along the path', () => {
  expect(noteOf(task({}), fields)).toBeUndefined();
  expect(taskTitle(task({}))).toBe('Manager');
});

it('says who asks what', () => {
  const consult = task({ kind: 'consult', asked_by: person('Ravi'), reason: said('Ravi', 'Is this allowed?') });
  expect(noteOf(consult, fields)).toEqual({ title: 'Ravi asks for your opinion', text: 'Is this allowed?' });
  expect(taskTitle(consult)).toBe('Manager: your opinion');
  expect(noteOf(task({ kind: 'prepare', asked_by: person('Ravi') }), fields)?.title).toBe(
    'Ravi asks you to prepare the decision',
  );
  expect(noteOf(task({ asked_by: person('Ravi') }), fields)?.title).toBe('Ravi asks you to decide it, too');
  expect(noteOf(task({ on_behalf_of: person('Ravi') }), fields)?.title).toBe('You decide for Ravi');
  expect(noteOf(task({ reason: said('Ravi', 'Yours') }), fields)?.title).toBe('Ravi gave it to you');
});

it('says whom a change asks again', () => {
  const bound = [
    { field: 'cost', people: [person('Ravi')] },
    { field: 'days', people: [person('Ravi'), person('Fay')] },
  ];
  expect(askedAgain({ bound }, ['note'])).toBeUndefined();
  expect(askedAgain({ bound }, ['cost'])).toBe('Ravi decided on what you changed and is asked again before it goes on');
  expect(askedAgain({ bound }, ['cost', 'days'])).toBe(
    'Ravi and Fay decided on what you changed and are asked again before it goes on',
  );
});

it('says why it is asked again', () => {
  const again = { by: person('Fay'), of: person('Ravi'), fields: [{ name: 'cost', label: 'Cost' }] };
  expect(noteOf(task({ again }), fields)?.title).toBe('Fay changed Cost after it was decided here');
  expect(noteOf(task({ again: { ...again, fields: [] } }), fields)?.title).toBe(
    'Fay changed the request after it was decided here',
  );
});

it('says what alone can be corrected, and where it goes then', () => {
  const fix = task({
    kind: 'fix',
    correct: ['cost', 'days', 'unknown'],
    returns_to_step_name: 'Finance',
    reason: said('Fay', 'Price?'),
  });
  expect(noteOf(fix, fields)).toEqual({
    title: 'Fay sent it back to you',
    text: 'Price?',
    rest: 'Only Cost and Days can be changed. It then goes straight back to Finance.',
  });
  expect(noteOf(task({ kind: 'fix' }), fields)?.title).toBe('You can change it and submit it again');
  expect(noteOf(task({ returns_to_step_name: 'Finance', reason: said('Fay', 'Code?') }), fields)?.title).toBe(
    'Fay sent it back to Manager',
  );
});
