import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api/query';
import type { Run } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { LoadingRows } from '@/ui/feedback';
import { RunView } from './run-view';

/** A request in a pane of another page, by its number or id: everything its own page has. */
export function RunPane({ run }: { run: string }) {
  const query = useQuery(read('runs.get', { run }));
  return (
    <QueryState query={query} what="This request" loading={<LoadingRows rows={6} label="Loading the request" />}>
      {(found) => <SteadyRun key={found.id} run={found} embedded />}
    </QueryState>
  );
}

/**
 * Keeps the form still while somebody fills it in: a run that changes meanwhile waits, and the page
 * says so, unless the reader's task itself has changed hands.
 */
export function SteadyRun({ run, embedded }: { run: Run; embedded?: boolean }) {
  const [dirty, setDirty] = useState(false);
  const [shown, setShown] = useState(run);
  const moved = run.task?.id !== shown.task?.id || run.task?.can.complete !== shown.task?.can.complete;
  if (run !== shown && (!dirty || moved)) {
    setShown(run);
    setDirty(false);
  }
  const changed = JSON.stringify(run.values) !== JSON.stringify(shown.values);
  return (
    <NamedPeople value={run.people}>
      <RunView
        key={`${shown.task?.id}:${shown.revision}:${shown.task?.can.complete}`}
        run={shown}
        embedded={embedded}
        changed={dirty && changed}
        onDirty={setDirty}
        onReload={() => {
          setDirty(false);
          setShown(run);
        }}
      />
    </NamedPeople>
  );
}
