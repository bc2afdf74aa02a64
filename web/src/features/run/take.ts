import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { Task } from '@/api/types';
import { say } from '@/ui/toast';

/** An act that asks nothing. */
function useUnasked(verb: 'tasks.claim' | 'tasks.release', task: Task, done: string) {
  const client = useQueryClient();
  const { mutate, isPending } = useAct(verb, {
    onSuccess: (run) => {
      applyRun(client, run);
      say(done);
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list');
    },
  });
  return { pending: isPending, start: () => isPending || mutate({ task_id: task.id }) };
}

/** Takes a task that is offered to several people. */
export const useClaim = (task: Task) => useUnasked('tasks.claim', task, 'It is yours now.');

/** Offers it to the others again. */
export const useRelease = (task: Task) => useUnasked('tasks.release', task, 'Given back: others can take it now.');
