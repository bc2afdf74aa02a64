import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import type { ApiError } from '@/api/errors';
import { outdate } from '@/api/query';
import type { Run, Task } from '@/api/types';
import { undoable } from '@/components/undo';
import { say } from '@/ui/toast';
import { resultOf } from './labels';
import { noteAct } from './recent-act';

/** What the dialogs about a task take. */
export type TaskDialogProps = { run: Run; task: Task; onClose: () => void };

/** What every act does with its answer and with a refusal. It tells where the request is now unless it knows better. */
export function useOutcome(task: Pick<Task, 'id'>, onClose: () => void, words: (run: Run) => string = resultOf) {
  const client = useQueryClient();
  const onSuccess = (run: Run) => {
    noteAct(run.id);
    applyRun(client, run);
    tell(run, task, words(run));
    onClose();
    // What became of it stands at the top.
    scrollTo({ top: 0 });
  };
  const onError = (error: ApiError) => {
    // Somebody was faster: the dialog then says who, and keeps what was written.
    if (error.code === 'conflict' || error.code === 'not_found')
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list', 'me.get');
  };
  return { onSuccess, onError };
}

/** Says what became of it, and offers to take it back where that is possible. */
export function tell(run: Run, task: Pick<Task, 'id'>, words: string) {
  if (run.undo_until) undoable([{ id: task.id, ref: run.number || run.id, title: run.title }], words);
  else say(words);
}

/** Whether the task is still the reader's, as it was when the question was asked. */
export const stillHis = (task: Task) => (latest: Run) =>
  latest.task?.id === task.id && latest.task.can.complete === task.can.complete;
