import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { read } from '@/api/query';
import { QueryState } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Bone, Loading } from '@/ui/feedback';
import { Page } from '@/ui/page';
import classes from './run-page.module.css';
import { SteadyRun } from './run-pane';

const route = getRouteApi('/in/runs/$run');

/** One request: where it is, what it says, what happened, and what the reader can do. */
export function RunPage() {
  const { run } = route.useParams();
  const query = useQuery(read('runs.get', { run }));
  return (
    <QueryState query={query} page what="This request" loading={<RunLoading />}>
      {(found) => <SteadyRun key={found.id} run={found} />}
    </QueryState>
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
          <Bone height={96} />
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
