import { describe, expect, it } from 'vitest';
import { durationWords, isDuration, parseDuration, spanWords } from './durations';

describe('durations', () => {
  it.each([
    ['2d', '2d'],
    ['2 days', '2d'],
    ['1 week 2 days', '1w2d'],
    ['3h30', '3h30m'],
    ['3h 30m', '3h30m'],
    ['1 hour and 15 minutes', '1h15m'],
    ['1:30', '1h30m'],
    ['2D', '2d'],
  ])('%s is %s', (typed, canonical) => expect(parseDuration(typed)).toBe(canonical));

  it.each(['', '5', 'soon', '2x', '2d 3d', '0d', '-2d', '2d!'])('%s is none', (typed) =>
    expect(parseDuration(typed)).toBeUndefined(),
  );

  it('read as words', () => {
    expect(durationWords('1w2d')).toBe('1 week 2 days');
    expect(durationWords('3h30m')).toBe('3 hours 30 minutes');
    expect(durationWords('soon')).toBe('soon');
    expect(isDuration('')).toBe(false);
  });
});

it.each([
  [0.2, '1 s'],
  [40, '40 s'],
  [720, '12 min'],
  [7200, '2 h'],
  [18_600, '5 h 10 min'],
  [293_760, '3.4 days'],
  [1_900_000, '22 days'],
])('%d s is "%s"', (seconds, words) => expect(spanWords(seconds)).toBe(words));
