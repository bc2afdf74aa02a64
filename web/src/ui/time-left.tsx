import { longDateTime, since } from '@/lib/dates';
import { useNow } from './time';
import classes from './time-left.module.css';

export type Urgency = 'calm' | 'soon' | 'over';

/** How much is left, in words and urgency. It is soon in the last quarter of the time there was, and in the last two hours. */
export function timeLeft(due: string, from: string | undefined, now: number): { words: string; urgency: Urgency } {
  const end = Date.parse(due);
  const left = end - now;
  if (left < 0) return { words: `${since(due, now)} overdue`, urgency: 'over' };
  const whole = from === undefined ? 0 : end - Date.parse(from);
  const soon = left < 2 * 3_600_000 || (whole > 0 && left < whole / 4);
  const words = left < 60_000 ? 'due now' : `${since(new Date(now).toISOString(), end)} left`;
  return { words, urgency: soon ? 'soon' : 'calm' };
}

/** What is left of the time for something; the moment itself on hover. `from` is when the time began. */
export function TimeLeft({ due, from }: { due: string; from?: string }) {
  const { words, urgency } = timeLeft(due, from, useNow());
  return (
    <time dateTime={due} title={`Due ${longDateTime(due)}`} className={classes.left} data-urgency={urgency}>
      {words}
    </time>
  );
}
