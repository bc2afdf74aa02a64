import { expect, it } from 'vitest';
import { inWords, stateOf } from './status';

it.each([
  [{ status: 'running' }, 'Under way', 'accent'],
  [{ status: 'completed', outcome: 'approved' }, 'Approved', 'green'],
  [{ status: 'completed', outcome: 'rejected', outcome_name: 'Not this time' }, 'Not this time', 'red'],
  [{ status: 'completed', outcome: 'not_needed' }, 'Not needed', 'gray'],
  [{ status: 'completed' }, 'Completed', 'gray'],
  [{ status: 'cancelled', reason: 'withdrawn' }, 'Withdrawn', 'gray'],
  [{ status: 'cancelled', reason: 'operator' }, 'Cancelled', 'gray'],
  [{ status: 'held' }, 'On hold', 'amber'],
  [{ status: 'failed' }, 'Stopped', 'red'],
  [{ status: 'draft' }, 'Draft', 'gray'],
] as const)('%o is %s', (run, word, tone) => expect(stateOf(run)).toEqual({ word, tone }));

it('makes words of keys', () => expect(inWords('paid_in-full')).toBe('Paid in full'));
