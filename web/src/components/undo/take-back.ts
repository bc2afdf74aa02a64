import type { QueryClient } from '@tanstack/react-query';
import { call } from '@/api/client';
import { applyDecided, applyRun } from '@/api/effects';
import { asApiError } from '@/api/errors';
import { outdate } from '@/api/query';
import type { Undoable } from './stack';

/** `unsettled`: nobody knows what became of it, as when the network failed. */
export type Left = Undoable['tasks'][number] & { reason: string; unsettled: boolean };
export type TakenBack = { done: string[]; left: Left[] };

/** How many are on their way at once: each is a transaction of its own. */
const together = 4;

/** Takes each decision back by itself, and answers what became of each. */
export async function takeBack(client: QueryClient, { tasks }: Undoable): Promise<TakenBack> {
  const out: TakenBack = { done: [], left: [] };
  const one = async (task: Undoable['tasks'][number]) => {
    try {
      const run = await call('tasks.undo', { task_id: task.id });
      if (tasks.length === 1) applyRun(client, run);
      out.done.push(task.ref);
    } catch (thrown) {
      const { message: reason, unsettled } = asApiError(thrown);
      out.left.push({ ...task, reason, unsettled });
    }
  };
  for (let at = 0; at < tasks.length; at += together) await Promise.all(tasks.slice(at, at + together).map(one));
  if (tasks.length > 1) applyDecided(client, new Set());
  else if (out.left.length > 0) void outdate(client, 'runs.get', 'runs.history', 'tasks.list', 'me.get');
  return out;
}

/** "3 are back in your inbox." */
export function aboutTakenBack({ done, left }: TakenBack): string {
  const [only = ''] = done;
  if (done.length === 0) return 'None could be taken back.';
  const back = done.length === 1 ? `${only} is back in your inbox` : `${done.length} are back in your inbox`;
  return left.length === 0 ? `${back}.` : `${back}, ${left.length} could not be taken back.`;
}
