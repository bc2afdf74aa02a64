import { expect, it } from 'vitest';
import type { Choice, Person } from '@/api/types';
import { assigneesOf, missingOf, onlyCandidate } from './answer';

const person = (id: string): Person => ({ id, name: id, email: '', status: 'active' });
const choice = (step: string, ...ids: string[]): Choice => ({
  step_id: step,
  step_name: step,
  many: false,
  candidates: ids.map(person),
  more: false,
});

it('chooses by itself only where nobody else can be chosen', () => {
  const chosen = onlyCandidate([choice('hr', 'meera'), choice('it', 'a', 'b'), { ...choice('x', 'c'), more: true }]);
  expect(chosen).toMatchObject({ hr: [{ id: 'meera' }], it: [], x: [] });
});

it('says what is missing', () => {
  const choices = [choice('hr', 'a', 'b')];
  expect([...missingOf(choices, 'required', { text: '  ', chosen: {} })]).toEqual(['hr', 'comment']);
  expect(missingOf(choices, 'required', { text: 'x', chosen: { hr: [person('a')] } }).size).toBe(0);
  expect(missingOf([], 'optional', { text: '', chosen: {} }).size).toBe(0);
});

it('sends who was chosen, and nothing where nobody had to be', () => {
  expect(assigneesOf([choice('hr', 'a')], { text: '', chosen: { hr: [person('a')] } })).toEqual({ hr: ['a'] });
  expect(assigneesOf([], { text: '', chosen: {} })).toBeUndefined();
});

it('sends everybody who was chosen for a step that asks several', () => {
  const board = { ...choice('board', 'a', 'b', 'c'), many: true };
  const answer = { text: '', chosen: { board: [person('c'), person('a')] } };
  expect(assigneesOf([board], answer)).toEqual({ board: ['c', 'a'] });
  expect([...missingOf([board], 'none', { text: '', chosen: { board: [] } })]).toEqual(['board']);
});
