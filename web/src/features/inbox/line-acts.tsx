import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { applyDraft, applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { RunRow, TaskRow } from '@/api/types';
import { IconTrash } from '@/ui/icons';
import { say } from '@/ui/toast';

/** Takes a task that is offered to several people. */
export function Claim({ task }: { task: TaskRow }) {
  const client = useQueryClient();
  const claim = useAct('tasks.claim', {
    onSuccess: (run) => {
      applyRun(client, run);
      say(`${task.number ?? task.title} is yours now.`);
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'tasks.list');
    },
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={claim.isPending}
      onClick={() => claim.mutate({ task_id: task.id })}
      aria-label={`Claim ${task.number ?? task.title}`}
    >
      Claim
    </Button>
  );
}

/** Forgets a request that was not sent. */
export function ThrowAway({ run }: { run: RunRow }) {
  const client = useQueryClient();
  const remove = useAct('runs.delete_draft', {
    onSuccess: () => {
      applyDraft(client);
      say('The draft was thrown away.');
    },
    onError: (error) => say(error.message, 'red'),
  });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      loading={remove.isPending}
      aria-label={`Throw away the draft ${run.title || run.workflow.name}`}
      onClick={() => remove.mutate({ run_id: run.id })}
    >
      <IconTrash size={16} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
