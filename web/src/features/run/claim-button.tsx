import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { Task } from '@/api/types';
import { say } from '@/ui/toast';

/** Takes a task that is offered to several people. */
export function ClaimButton({ task }: { task: Task }) {
  const client = useQueryClient();
  const claim = useAct('tasks.claim', {
    onSuccess: (run) => {
      applyRun(client, run);
      say('It is yours now.');
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list');
    },
  });
  return (
    <Button loading={claim.isPending} onClick={() => claim.mutate({ task_id: task.id })}>
      Claim
    </Button>
  );
}
