import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { HistoryItem, Run } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { Moment } from '@/ui/time';

const ResumeDialog = lazy(() => import('./stop-dialogs').then((m) => ({ default: m.ResumeDialog })));

/** A request that is on hold: by whom, since when and why. */
export function Held({ run, history }: { run: Run; history: HistoryItem[] }) {
  const [asking, setAsking] = useState(false);
  if (run.status !== 'held') return null;
  const held = history.findLast((item) => item.type === 'run.held');
  return (
    <>
      <Banner
        tone="amber"
        title="On hold: nobody can act on it"
        action={
          run.can.resume && (
            <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
              Resume
            </Button>
          )
        }
      >
        {held && (
          <>
            {held.actor?.name ?? 'An administrator'} put it on hold <Moment at={held.at} />
            {held.comment && `: ${held.comment}`}
          </>
        )}
      </Banner>
      {asking && (
        <Suspense fallback={null}>
          <ResumeDialog run={run} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
