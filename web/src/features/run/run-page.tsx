import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '@/api/query';
import type { Run } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Bone, Loading } from '@/ui/feedback';
import { Page } from '@/ui/page';
import classes from './run-page.module.css';
import { RunView } from './run-view';

const route = getRouteApi('/in/runs/$run');

/** One request: where it is, what it says, what happened, and what the reader can do. */
export function RunPage() {
  const { run } = route.useParams();
  const query = useQuery(read('runs.get', { run }));
  return (
    <QueryState query={query} page what="This request" loading={<RunLoading />}>
      {(found) => <Steady key={found.id} run={found} />}
    </QueryState>
  );
}

/**
 * Keeps the form still while somebody fills it in: a run that changes meanwhile waits, and the page
 * says so, unless the reader's task itself has changed hands.
 */
function Steady({ run }: { run: Run }) {
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
function RunLoading() {
  return (
    <Page
      title="Request"
      heading={<Bone width={280} height={26} />}
      width="wide"
      above={<BackLink to="/inbox">Inbox</BackLink>}
    >
      <Loading label="Loading the request">
        <div className={classes.path}>
          <Bone width={360} height={18} />
        </div>
        <div className={classes.columns}>
          <Card>
            <div className={classes.bones}>
              <Bone width="40%" />
              <Bone width="70%" />
              <Bone width="35%" />
              <Bone width="80%" />
              <Bone height={80} />
            </div>
          </Card>
          <Card>
            <div className={classes.bones}>
              <Bone width="70%" />
              <Bone width="90%" />
              <Bone width="60%" />
            </div>
          </Card>
        </div>
      </Loading>
    </Page>
  );
}
