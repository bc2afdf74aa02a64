import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { TaskRow } from '@/api/types';
import { actKeys } from '@/ui/act-keys';
import { keyHint, useHotkeys } from '@/ui/hotkeys';
import classes from './bulk.module.css';
import type { Decision, Result } from './decide-many';

// Asked for when several are decided, not whenever the list is shown.
const dialogs = () => import('./bulk-dialogs');
const Decide = lazy(() => dialogs().then((m) => ({ default: m.Decide })));
const Skipped = lazy(() => dialogs().then((m) => ({ default: m.Skipped })));

const { undo: _, ...aboutOne } = actKeys;

type BulkProps = {
  tasks: TaskRow[];
  /** How many lines could be marked, as far as the list was read. */
  all: number;
  onAll: () => void;
  onClear: () => void;
};

/** What can be done with the lines that are marked: one comment, and a result for each. */
export function Bulk({ tasks, all, onAll, onClear }: BulkProps) {
  // Those that were marked when it was asked: what others decide meanwhile is told one by one.
  const [asked, setAsked] = useState<{ decision: Decision; tasks: TaskRow[] }>();
  const ask = (decision: Decision) => setAsked({ decision, tasks });
  const [skipped, setSkipped] = useState<Result[]>([]);
  const count = tasks.length;
  const any = count > 0;
  const ofMany: Record<string, () => void> = {
    // What is open beside the list must not be meant while several are. What was decided last is neither.
    ...Object.fromEntries(Object.values(aboutOne).map((key) => [key, () => {}])),
    [actKeys.approve]: () => ask('approve'),
    [actKeys.reject]: () => ask('reject'),
    Escape: onClear,
  };
  useHotkeys(any ? ofMany : {}, { first: true });
  return (
    <>
      {any && (
        // biome-ignore lint/a11y/useSemanticElements: it is no form
        <div className={classes.bar} role="group" aria-label="Selected tasks">
          <span className={classes.count} role="status">
            {count} selected
          </span>
          {count < all && (
            <Button size="compact-sm" variant="subtle" onClick={onAll}>
              Select all {all}
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
            Clear
          </Button>
          <span className={classes.gap} />
          <Button
            size="compact-md"
            variant="default"
            c="var(--hs-red-text)"
            onClick={() => ask('reject')}
            {...keyHint(actKeys.reject)}
          >
            Reject…
          </Button>
          <Button size="compact-md" onClick={() => ask('approve')} {...keyHint(actKeys.approve)}>
            Approve…
          </Button>
        </div>
      )}
      <Suspense>
        {asked && (
          <Decide
            {...asked}
            onClose={() => setAsked(undefined)}
            onDone={(left) => {
              setSkipped(left);
              onClear();
            }}
          />
        )}
        {skipped.length > 0 && <Skipped results={skipped} onClose={() => setSkipped([])} />}
      </Suspense>
    </>
  );
}
