import { expect, it } from 'vitest';
import type { Run, SendBackTarget, TransitionView } from '@/api/types';
import { fewOf, placeOf, placesOf, resultOf, shortLabel, transitionLabel } from './labels';

const way = (more: Partial<TransitionView>): TransitionView => ({
  id: 'x',
  name: 'HR',
  kind: 'approve',
  to_step_name: 'HR',
  comment: 'optional',
  choices: [],
  ...more,
});

const steps = [{ name: 'Manager' }, { name: 'HR' }];

it('says what a transition means when it only bears the name of its target', () => {
  expect(transitionLabel(way({}), steps)).toBe('Approve, then HR');
  expect(transitionLabel(way({ kind: 'forward' }), steps)).toBe('Send to HR');
  expect(transitionLabel(way({ name: 'Looks good' }), steps)).toBe('Looks good');
  expect(shortLabel(way({}), steps)).toBe('Approve');
  expect(transitionLabel(way({ name: 'Approve', to_step_name: undefined, waits: true }), steps)).toBe(
    'Approve, with others',
  );
  expect(transitionLabel(way({ to_step_name: undefined, waits: true }), steps)).toBe('Approve, with others');
  expect(shortLabel(way({ name: 'Approve', to_step_name: undefined, waits: true }), steps)).toBe('Approve');
  expect(shortLabel(way({ kind: 'reject', name: 'Reject', to_step_name: undefined }), steps)).toBe('Reject');
});

it('says who has it after an act', () => {
  const run = (more: Partial<Run>) => ({ number: 'LEAVE-42', status: 'running', tasks: [], ...more }) as unknown as Run;
  const meera = { name: 'Meera Iyer' };
  expect(resultOf(run({ tasks: [{ assignee: meera }] as Run['tasks'] }))).toBe('LEAVE-42 is with Meera Iyer now.');
  expect(resultOf(run({ tasks: [{ step_name: 'HR' }] as Run['tasks'] }))).toBe(
    'LEAVE-42 waits for somebody to take HR.',
  );
  expect(resultOf(run({ status: 'completed', outcome: 'approved', outcome_name: 'Approved' }))).toBe(
    'LEAVE-42 is approved.',
  );
  const with_ = (...names: string[]) => ({ tasks: names.map((name) => ({ assignee: { name } })) as Run['tasks'] });
  expect(resultOf(run(with_('Finn', 'Gita', 'Finn')))).toBe('LEAVE-42 is with Finn and Gita now.');
  expect(resultOf(run(with_('a', 'b', 'c', 'd')))).toBe('LEAVE-42 is with a, b and 2 more now.');
  expect(resultOf(run({ status: 'cancelled', reason: 'withdrawn' }))).toBe('LEAVE-42 is withdrawn.');
  expect(fewOf(['a', 'b', 'c'])).toBe('a, b and c');
});

it('offers each place to send back to once', () => {
  const target = (to: string, step_name: string): SendBackTarget => ({
    to,
    name: 'Send back',
    step_name,
    comment: 'required',
    to_me: true,
    correctable: [],
  });
  const first = [target('previous', 'Claim'), target('initiator', 'Claim')];
  expect(placesOf(first).map(placeOf)).toEqual(['the requester']);
  const later = [target('previous', 'Manager'), target('initiator', 'Claim'), target('budget', 'Budget')];
  expect(placesOf(later).map(placeOf)).toEqual(['the step before (Manager)', 'the requester', 'Budget']);
});
