import { expect, it } from 'vitest';
import { timeLeft } from './time-left';

const now = Date.parse('2026-11-24T12:00:00Z');

it.each([
  ['2026-11-27T12:00:00Z', '2026-11-24T12:00:00Z', '3 d left', 'calm'],
  ['2026-11-24T18:00:00Z', '2026-11-20T12:00:00Z', '6 h left', 'soon'],
  ['2026-11-24T13:30:00Z', undefined, '1 h left', 'soon'],
  ['2026-11-24T12:00:20Z', undefined, 'due now', 'soon'],
  ['2026-11-22T11:00:00Z', undefined, '2 d overdue', 'over'],
])('%s, begun %s: %s', (due, from, words, urgency) => {
  expect(timeLeft(due, from, now)).toEqual({ words, urgency });
});
