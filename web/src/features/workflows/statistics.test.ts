import { expect, it } from 'vitest';
import type { WorkflowStatistics } from '@/api/types';
import { firstFor, holderBars, outcomeShares, stepTimes, waitingBars, weekly } from './statistics';
import { waitingMarks } from './waiting';

const statistics: WorkflowStatistics = {
  runs: 110,
  weeks: [
    { week: '2026-11-02T00:00:00Z', started: 3, ended: 0 },
    { week: '2026-11-16T00:00:00Z', started: 1, ended: 2 },
  ],
  outcomes: [
    { status: 'running', runs: 6 },
    { status: 'completed', outcome: 'approved', runs: 90 },
    { status: 'completed', outcome: 'rejected', runs: 12 },
    { status: 'queued', runs: 4 },
  ],
  steps: [
    { step_id: 'submit', name: 'Submit', type: 'start', visits: 110, waiting: 0, duration: seconds(0, 0) },
    { step_id: 'manager', name: 'Manager', type: 'task', visits: 110, waiting: 2, duration: seconds(7200, 172_800) },
    { step_id: 'hr', name: 'HR', type: 'task', visits: 90, waiting: 8, oldest: '2026-11-20T10:00:00Z' },
    { step_id: 'board', name: 'board', visits: 3, waiting: 0, duration: seconds(60, 120) },
  ],
};

function seconds(median_seconds: number, p90_seconds: number) {
  return { count: 9, median_seconds, p90_seconds };
}

it('joins outcomes that read alike, the largest first', () => {
  expect(outcomeShares(statistics).map(({ label, value, tone }) => `${label} ${value} ${tone}`)).toEqual([
    'Approved 90 green',
    'Rejected 12 red',
    'Under way 10 accent',
  ]);
});

it('measures steps where requests stay, former steps too', () => {
  expect(stepTimes(statistics).map(({ label, words, note }) => `${label}: ${words}, ${note}`)).toEqual([
    'Manager: 2 h, 9 of 10 within 2 days',
    'board: 60 s, 9 of 10 within 2 min',
  ]);
});

it('shows the fullest step first, with how long its oldest request waits', () => {
  const bars = waitingBars(statistics, Date.parse('2026-11-24T10:00:00Z'));
  expect(bars.map(({ label, value, note }) => `${label} ${value} ${note}`)).toEqual([
    'HR 8 the first for 4 d',
    'Manager 2 undefined',
  ]);
  expect(waitingMarks(statistics.steps)).toEqual({
    manager: { count: 2, noun: 'waiting', heat: 0.25 },
    hr: { count: 8, noun: 'waiting', heat: 1 },
  });
  expect(waitingMarks(undefined)).toEqual({});
});

it('counts every week up to the present one, empty ones too', () => {
  const now = Date.parse('2026-11-24T08:00:00Z');
  expect(weekly(statistics, now)).toEqual([
    { from: '2026-11-02', first: 3, second: 0 },
    { from: '2026-11-09', first: 0, second: 0 },
    { from: '2026-11-16', first: 1, second: 2 },
    { from: '2026-11-23', first: 0, second: 0 },
  ]);
  expect(weekly({ ...statistics, weeks: [] }, now)).toEqual([]);
  const old = { ...statistics, weeks: [{ week: '2019-11-04T00:00:00Z', started: 1, ended: 1 }] };
  expect(weekly(old, now)).toHaveLength(53);
});

it('names who holds requests, and what nobody holds yet', () => {
  const now = Date.parse('2026-11-24T08:00:00Z');
  const oldest = '2026-11-22T08:00:00Z';
  const hana = { id: 'h', name: 'Hana Holt', email: '', status: 'active' as const };
  const bars = holderBars(
    {
      ...statistics,
      holders: [
        { person: hana, tasks: 3, oldest },
        { tasks: 1, oldest },
      ],
    },
    now,
  );
  expect(bars.map((bar) => [bar.label, bar.value, bar.note])).toEqual([
    ['Hana Holt', 3, 'the first for 2 d'],
    ['Offered to several', 1, 'the first for 2 d'],
  ]);
});

it('says how long the first has waited, and that one has only come', () => {
  const now = Date.parse('2026-11-27T12:00:00Z');
  expect(firstFor('2026-11-27T11:59:40Z', now)).toBe('the first since just now');
  expect(firstFor('2026-11-27T09:00:00Z', now)).toBe('the first for 3 h');
});
