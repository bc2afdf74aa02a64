import { expect, it } from 'vitest';
import type { WorkflowStatistics } from '@/api/types';
import { outcomeShares, stepTimes, waitingBars } from './statistics';
import { waitingMarks } from './waiting';

const statistics: WorkflowStatistics = {
  runs: 110,
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
