import { expect, it } from 'vitest';
import { aboutMoved, ofMoved } from './moved';

it('says what becomes of each task', () => {
  expect(ofMoved({ done: true }, false)).toBe('Would be handed over.');
  expect(ofMoved({ done: true }, true)).toBe('Handed over.');
  expect(ofMoved({ done: false, reason: 'Nobody decides his own request.' }, false)).toBe(
    'Would stay: Nobody decides his own request.',
  );
  expect(ofMoved({ done: false }, true)).toBe('Stays: it cannot be handed over.');
});

it('says what became of all', () => {
  expect(aboutMoved({ done: 1, skipped: 0 })).toBe('1 task was handed over.');
  expect(aboutMoved({ done: 3, skipped: 1 })).toBe('3 tasks were handed over, one stays.');
  expect(aboutMoved({ done: 0, skipped: 2 })).toBe('No task was handed over, 2 stay.');
});
