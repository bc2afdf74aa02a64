import type { Out } from '@/api/types';

export type Moved = Out<'tasks.move'>['items'][number];

/** What became of a task that was to be handed over, or would. */
export function ofMoved({ done, reason }: Pick<Moved, 'done' | 'reason'>, moved: boolean): string {
  if (done) return moved ? 'Handed over.' : 'Would be handed over.';
  return `${moved ? 'Stays' : 'Would stay'}: ${reason || 'it cannot be handed over.'}`;
}

/** What became of all of them. */
export function aboutMoved({ done, skipped }: Pick<Out<'tasks.move'>, 'done' | 'skipped'>): string {
  const tasks = done === 1 ? '1 task was handed over' : `${done} tasks were handed over`;
  if (skipped === 0) return `${tasks}.`;
  return `${done === 0 ? 'No task was handed over' : tasks}, ${skipped === 1 ? 'one stays' : `${skipped} stay`}.`;
}
