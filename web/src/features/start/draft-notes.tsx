import { Button } from '@mantine/core';
import { Banner } from '@/ui/feedback';
import { Moment } from '@/ui/time';
import classes from './start-page.module.css';
import type { DraftState } from './use-draft';

/** What was begun before is there again. */
export function DraftBanner({ savedAt, busy, onDiscard }: { savedAt: string; busy: boolean; onDiscard: () => void }) {
  return (
    <Banner
      action={
        <Button size="compact-sm" variant="default" loading={busy} onClick={onDiscard}>
          Start over
        </Button>
      }
    >
      This is your draft, saved <Moment at={savedAt} />.
    </Banner>
  );
}

/** Whether the request is kept. */
export function DraftStatus({ state }: { state: DraftState }) {
  return (
    <span className={classes.draft} role="status" data-failed={state.status === 'failed' || undefined}>
      {state.status === 'saving' && 'Saving draft…'}
      {state.status === 'saved' && 'Draft saved'}
      {state.status === 'failed' && 'Not saved yet. The next change tries again.'}
    </span>
  );
}
