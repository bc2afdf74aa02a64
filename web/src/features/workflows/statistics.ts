import type { WorkflowStatistics } from '@/api/types';
import { stateOf } from '@/components/status';
import { since } from '@/lib/dates';
import { spanWords } from '@/lib/durations';
import type { Bar } from '@/ui/charts/bar-chart';
import type { Share } from '@/ui/charts/share-chart';
import type { Stretch } from '@/ui/charts/trend-chart';

/** How the requests stand or ended, in the words and tones of their state. Those that read alike are one part. */
export function outcomeShares(statistics: WorkflowStatistics): Share[] {
  const parts = new Map<string, Share>();
  for (const { status, outcome, runs } of statistics.outcomes) {
    const { word, tone } = stateOf({ status, outcome });
    const part = parts.get(word) ?? { key: word, label: word, value: 0, tone };
    parts.set(word, { ...part, value: part.value + runs });
  }
  return [...parts.values()].sort((a, b) => b.value - a.value);
}

/** Steps at which requests stay: those that decide by themselves and the ends take no time. */
const stays = (type: string | undefined) => type === undefined || ['task', 'workflow', 'delay'].includes(type);

/** How long requests stay at each step: half of them, and nine of ten. */
export function stepTimes(statistics: WorkflowStatistics): Bar[] {
  return statistics.steps.flatMap(({ step_id, name, type, duration }) =>
    duration && stays(type)
      ? [
          {
            key: step_id,
            label: name,
            value: duration.median_seconds,
            range: duration.p90_seconds,
            words: spanWords(duration.median_seconds),
            note: `9 of 10 within ${spanWords(duration.p90_seconds)}`,
          },
        ]
      : [],
  );
}

/** Where requests wait now, the fullest step first. */
export function waitingBars(statistics: WorkflowStatistics, now: number): Bar[] {
  return statistics.steps
    .filter((step) => step.waiting > 0)
    .sort((a, b) => b.waiting - a.waiting)
    .map(({ step_id, name, waiting, oldest }) => ({
      key: step_id,
      label: name,
      value: waiting,
      note: oldest && firstFor(oldest, now),
    }));
}

const week = 7 * 86_400_000;
/** The last year is enough to see where it goes. */
const mostWeeks = 53;

/** Starts and ends week by week up to the present one, those without any included. */
export function weekly({ weeks }: WorkflowStatistics, now: number): Stretch[] {
  const first = weeks[0];
  if (!first) return [];
  const counts = new Map(weeks.map((each) => [Date.parse(each.week), each]));
  // Weeks begin on Monday; the epoch was a Thursday.
  const present = Math.floor((now / 86_400_000 - 4) / 7) * week + 4 * 86_400_000;
  const begin = Math.max(Date.parse(first.week), present - (mostWeeks - 1) * week);
  const length = Math.max(Math.round((present - begin) / week) + 1, 1);
  return Array.from({ length }, (_, i) => {
    const count = counts.get(begin + i * week);
    return {
      from: new Date(begin + i * week).toISOString().slice(0, 10),
      first: count?.started ?? 0,
      second: count?.ended ?? 0,
    };
  });
}

/** With whom requests are now. */
export const holderBars = ({ holders = [] }: WorkflowStatistics, now: number): Bar[] =>
  holders.map(({ person, tasks, oldest }) => ({
    key: person?.id ?? '',
    label: person?.name ?? 'Offered to several',
    value: tasks,
    note: firstFor(oldest, now),
  }));

/** How long the one that has waited longest has. */
export function firstFor(oldest: string, now: number): string {
  const span = since(oldest, now);
  return span === 'now' ? 'the first since just now' : `the first for ${span}`;
}
