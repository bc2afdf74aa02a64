import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { applyRun } from '@/api/effects';
import { outdate, read, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { actKeys } from '@/ui/act-keys';
import { Bone, Loading } from '@/ui/feedback';
import { useHotkeys } from '@/ui/hotkeys';
import { say } from '@/ui/toast';
import { resultOf } from './labels';
import { tell } from './outcome';
import { plainApproval } from './plain-approval';
import classes from './run-pane.module.css';
import { RunView } from './run-view';
import { SteadyContext } from './steady';

type RunPaneProps = {
  run: string;
  /** Whether single keys act on it. */
  keys: boolean;
  /** Told whether something was entered here that is not sent yet. */
  onDirty: (dirty: boolean) => void;
};

/** A request beside the list it was chosen from. */
export function RunPane({ run, keys, onDirty }: RunPaneProps) {
  const query = useQuery(read('runs.get', { run }));
  return (
    <QueryState query={query} what="This request" loading={<PaneLoading />}>
      {(found) => <SteadyRun key={found.id} run={found} embedded keys={keys} onDirty={onDirty} />}
    </QueryState>
  );
}

type SteadyRunProps = {
  run: Run;
  embedded?: boolean;
  keys?: boolean;
  onDirty?: (dirty: boolean) => void;
};

/**
 * Keeps the form still while somebody fills it in: a run that changes meanwhile waits, and the page
 * says so, unless the reader's task itself has changed hands. While a dialog is open it waits in any case.
 */
export function SteadyRun({ run, embedded, keys, onDirty }: SteadyRunProps) {
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState(run);
  const moved = run.task?.id !== shown.task?.id || run.task?.can.complete !== shown.task?.can.complete;
  if (run !== shown && !asking && (!dirty || moved)) {
    setShown(run);
    setDirty(false);
  }
  const held = dirty || asking;
  useEffect(() => {
    onDirty?.(held);
    return () => onDirty?.(false);
  }, [held, onDirty]);
  const steady = useMemo(() => ({ latest: run, hold: setAsking }), [run]);
  const changed = JSON.stringify(run.values) !== JSON.stringify(shown.values);
  return (
    <NamedPeople value={run.people}>
      <SteadyContext value={steady}>
        {keys && !dirty && <PlainApproval run={shown} />}
        <RunView
          key={standing(shown)}
          run={shown}
          embedded={embedded}
          changed={dirty && changed}
          onDirty={setDirty}
          onReload={() => {
            setDirty(false);
            setShown(run);
          }}
        />
      </SteadyContext>
    </NamedPeople>
  );
}

/**
 * What a form that is being filled in depends on. A comment by somebody else is no part of it: what the reader has
 * opened or begun stays as it is.
 */
const standing = (run: Run) =>
  JSON.stringify([run.task?.id, run.task?.can.complete, run.status, run.round, run.path.length, run.values]);

/** What the list adds to the keys of the request: approving without a question where there is none to ask. */
function PlainApproval({ run }: { run: Run }) {
  const client = useQueryClient();
  const complete = useAct('tasks.complete', {
    onSuccess: (after: Run, { task_id }) => {
      applyRun(client, after);
      tell(after, { id: task_id }, resultOf(after));
    },
    onError: (error: Error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list', 'me.get');
    },
  });
  const approval = plainApproval(run);
  const approve = approval && (() => complete.mutate(approval));
  // While one approval is on its way, another press of the key is not meant for anything else.
  useHotkeys({ [actKeys.approve]: complete.isPending ? () => {} : approve }, { first: true });
  return null;
}

function PaneLoading() {
  return (
    <Loading label="Loading the request">
      <div className={classes.bones}>
        <Bone width="55%" height={22} />
        <Bone width="35%" />
        <Bone width="100%" height={160} />
        <Bone width="70%" />
        <Bone width="80%" />
      </div>
    </Loading>
  );
}
