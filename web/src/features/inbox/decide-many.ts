import { call } from '@/api/client';
import type { Decided, TaskRow } from '@/api/types';

export type Decision = 'approve' | 'reject';
/** What became of one; `undo` says whether it may be taken back. */
export type Result = Pick<Decided, 'done' | 'reason'> & { task: TaskRow; undo: boolean };

/** How many the server decides in one request. */
const most = 100;

/** Decides tasks alike, a hundred at a time, and answers what became of each. */
export async function decideMany(
  tasks: TaskRow[],
  kind: Decision,
  comment: string | undefined,
  onProgress: (done: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < tasks.length; at += most) {
    const some = tasks.slice(at, at + most);
    const { items } = await call('tasks.complete_many', { task_ids: some.map((task) => task.id), kind, comment });
    const byTask = new Map(items.map((item) => [item.task_id, item]));
    for (const task of some) {
      const { done = false, reason, undo_until: undo } = byTask.get(task.id) ?? {};
      results.push({ task, done, reason, undo: undo !== undefined });
    }
    onProgress(results.length);
  }
  return results;
}

/** "48 approved, 2 skipped." */
export function summary(results: Pick<Result, 'done'>[], kind: Decision): string {
  const done = results.filter((result) => result.done).length;
  const word = kind === 'approve' ? 'approved' : 'rejected';
  const skipped = results.length - done;
  if (skipped === 0) return `${done} ${word}.`;
  return done === 0 ? `None ${word}, ${skipped} skipped.` : `${done} ${word}, ${skipped} skipped.`;
}
