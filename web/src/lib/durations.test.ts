import { describe, expect, it } from 'vitest';
import { durationWords, isDuration, parseDuration } from './durations';

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
