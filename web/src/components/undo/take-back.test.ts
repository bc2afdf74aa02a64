import { expect, it } from 'vitest';
import { aboutTakenBack } from './take-back';

const left = (ref: string) => ({ id: ref, ref, title: ref, reason: 'Too late.', unsettled: false });

it.each([
  [['A-1'], 0, 'A-1 is back in your inbox.'],
  [['A-1', 'A-2'], 0, '2 are back in your inbox.'],
  [['A-1'], 2, 'A-1 is back in your inbox, 2 could not be taken back.'],
  [[], 2, 'None could be taken back.'],
])('%j with %i left: %s', (done, count, words) => {
  expect(aboutTakenBack({ done, left: Array.from({ length: count }, (_, i) => left(`B-${i}`)) })).toBe(words);
});
