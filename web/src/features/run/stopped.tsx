import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { say } from '@/ui/toast';

/** A run that cannot go on by itself: where, why, and who can help. */
export function Stopped({ run }: { run: Run }) {
  const client = useQueryClient();
  const retry = useAct('runs.retry', {
    onSuccess: (after) => {
      applyRun(client, after);
      say('Tried again.');
    },
    onError: (error) => say(error.message, 'red'),
  });
  const visit = run.path.findLast((v) => v.status === 'incident');
  if (!visit || run.ended_at) return null;
  return (
    <Banner
      tone="red"
      title={`The request cannot go on at ${visit.name}`}
      action={
        run.can.retry && (
          <Button
            size="compact-sm"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate({ run_id: run.id })}
          >
            Try again
          </Button>
        )
      }
    >
      {visit.detail ?? 'A rule of the workflow failed.'}
      {!run.can.retry && ' An administrator can set it going again.'}
    </Banner>
  );
}
