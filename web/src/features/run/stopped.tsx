import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyRun } from '@/api/effects';
import { useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { Banner } from '@/ui/feedback';
import { say } from '@/ui/toast';
import { useOvertaken } from './steady';

const stoppedAt = (run: Run) => (run.ended_at ? undefined : run.path.findLast((v) => v.status === 'incident'));

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
  const [asking, setAsking] = useState(false);
  const visit = stoppedAt(run);
  if (!visit) return null;
  return (
    <>
      <Banner
        tone="red"
        title={`The request cannot go on at ${visit.name}`}
        action={
          run.can.retry && (
            <Group gap="xs" wrap="nowrap">
              <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
                Ask the requester
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                loading={retry.isPending}
                onClick={() => retry.mutate({ run_id: run.id })}
              >
                Try again
              </Button>
            </Group>
          )
        }
      >
        {visit.detail ?? 'A rule of the workflow failed.'}
        {!run.can.retry && ' An administrator can set it going again.'}
      </Banner>
      {asking && <AskRequester run={run} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Where what was entered is the cause, the requester corrects it. */
function AskRequester({ run, onClose }: { run: Run; onClose: () => void }) {
  const client = useQueryClient();
  const ask = useAct('runs.retry', {
    onSuccess: (after) => {
      applyRun(client, after);
      say(`${run.initiator.name} is asked to correct it.`);
      onClose();
    },
  });
  const overtaken = useOvertaken({
    run,
    still: (latest) => stoppedAt(latest) !== undefined,
    pending: ask.isPending,
    onClose,
  });
  return (
    <ActDialog
      title="Ask the requester to correct it"
      intro={`${run.initiator.name} corrects the request and submits it again; the steps behind are run anew.`}
      submit="Ask the requester"
      comment="required"
      commentLabel="What has to be corrected"
      pending={ask.isPending}
      error={ask.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment }) => ask.mutate({ run_id: run.id, to_requester: true, comment })}
    />
  );
}
