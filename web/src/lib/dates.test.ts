import { describe, expect, it } from 'vitest';
import {
  ago,
  civilDate,
  dateSpan,
  dayAhead,
  daysIn,
  englishOf,
  longDate,
  shortMoment,
  since,
  weekdayOf,
} from './dates';

const now = Date.parse('2026-11-24T12:00:00Z');

describe('civil dates', () => {
  it('are read strictly and never through a zone', () => {
    expect(civilDate('2026-01-31')?.toISOString()).toBe('2026-01-31T00:00:00.000Z');
    expect(civilDate('2026-02-30')).toBeUndefined();
    expect(civilDate('2026-1-3')).toBeUndefined();
    expect(civilDate(undefined)).toBeUndefined();
  });
  it('read as people say them', () => {
    expect(longDate('2026-12-01')).toMatch(/Tue/);
    expect(longDate('nonsense')).toBe('nonsense');
    expect(weekdayOf('2026-11-22')).toBe('Sun');
  });
  it('as spans, say the year once', () => {
    expect(dateSpan('2026-12-01', '2026-12-05').match(/2026/g)).toHaveLength(1);
    expect(dateSpan('2026-12-30', '2027-01-02')).toMatch(/2026.*2027/);
    expect(daysIn('2026-12-01', '2026-12-05')).toBe(5);
    expect(daysIn('2026-12-05', '2026-12-01')).toBeUndefined();
  });
});

describe('moments', () => {
  it.each([
    ['2026-11-24T11:59:30Z', 'now', 'just now'],
    ['2026-11-24T11:55:00Z', '5 min', '5 min ago'],
    ['2026-11-24T09:00:00Z', '3 h', '3 h ago'],
    ['2026-11-12T12:00:00Z', '12 d', undefined],
  ])('%s waited %s', (at, span, words) => {
    expect(since(at, now)).toBe(span);
    if (words) expect(ago(at, now)).toBe(words);
  });
  it('further away are dates', () => {
    expect(ago('2026-11-12T12:00:00Z', now)).toBe(shortMoment('2026-11-12T12:00:00Z', now));
    expect(shortMoment('2025-03-01T12:00:00Z', now)).toMatch(/2025/);
    expect(shortMoment('not a moment', now)).toBe('not a moment');
  });
});

it('names a day to come', () => {
  const now = new Date(2026, 10, 27, 10).getTime();
  const on = (year: number, month: number, date: number) =>
    dayAhead(new Date(year, month, date, 23).toISOString(), now);
  expect([on(2026, 10, 27), on(2026, 10, 28)]).toEqual(['today', 'tomorrow']);
  expect(on(2026, 11, 3)).toMatch(/^Thu,? 3 Dec$/);
  expect(on(2027, 0, 4)).toContain('2027');
  expect(dayAhead('never', now)).toBe('never');
});

it('speaks the English of the reader', () => {
  expect(englishOf(['de-DE', 'en-US'])).toBe('en-US');
  expect(englishOf(['de-DE'])).toBe('en-GB');
  expect(englishOf(undefined)).toBe('en-GB');
});
