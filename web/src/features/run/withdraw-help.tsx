import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { OpenTask } from '@/api/types';
import { say } from '@/ui/toast';

const what: Record<string, string> = { consult: 'the question to', prepare: 'what was asked of' };

/** Takes back what one asked of somebody. */
export function WithdrawHelp({ task }: { task: OpenTask }) {
  const client = useQueryClient();
  const whom = task.assignee?.name ?? 'a colleague';
  const remove = useAct('tasks.remove_approver', {
    onSuccess: (run) => {
      applyRun(client, run);
      say(`${whom} is not asked any more.`);
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list');
    },
  });
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      loading={remove.isPending}
      aria-label={`Withdraw ${what[task.kind] ?? 'the approval of'} ${whom}`}
      onClick={() => remove.mutate({ task_id: task.id })}
    >
      Withdraw
    </Button>
  );
}
