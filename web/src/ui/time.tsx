import { useSyncExternalStore } from 'react';
import { ago, longDateTime, since } from '@/lib/dates';
import { usePrinting } from './printing';

/** A clock that ticks twice a minute for all relative times on the page together. */
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment in ms, renewed twice a minute. */
export function useNow(): number {
  const ticked = useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
  return Math.max(ticked, now);
}

/** A moment as people say it ("2 h ago", or "2 h" with `span`), its full form on hover and on paper. */
export function Moment({ at, span = false }: { at: string; span?: boolean }) {
  const present = Math.max(useNow(), Date.parse(at));
  const printing = usePrinting();
  return (
    <time dateTime={at} title={longDateTime(at)}>
      {printing ? longDateTime(at) : span ? since(at, present) : ago(at, present)}
    </time>
  );
}
