import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { read } from '@/api/query';
import { NamedPeople } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Bone, Loading } from '@/ui/feedback';
import { Page } from '@/ui/page';
import { StartForm } from './start-form';
import classes from './start-page.module.css';

const route = getRouteApi('/in/workflows/$workflow/start');

/** Begins a request: the form of the workflow, prefilled, with who is asked next. */
export function StartPage() {
  const { workflow } = route.useParams();
  const { from, draft } = route.useSearch();
  // Asked anew on every visit and never while somebody fills it in.
  const query = useQuery({
    ...read('runs.prepare', { workflow, from_run: from, run_id: draft }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <QueryState query={query} page what="This workflow" loading={<StartLoading />}>
      {(prepared) => (
        <NamedPeople value={prepared.people}>
          <StartForm key={query.dataUpdatedAt} prepared={prepared} restart={() => void query.refetch()} />
        </NamedPeople>
      )}
    </QueryState>
  );
}
function StartLoading() {
  return (
    <Page
      title="Start a request"
      heading={<Bone width={240} height={26} />}
      width="wide"
      above={<BackLink to="/">Workflows</BackLink>}
    >
      <Loading label="Loading the form">
        <div className={classes.columns}>
          <Card>
            <div className={classes.bones}>
              <Bone width="40%" height={14} />
              <Bone height={36} />
              <Bone width="30%" height={14} />
              <Bone height={36} />
              <Bone width="35%" height={14} />
              <Bone height={92} />
            </div>
          </Card>
          <Card>
            <div className={classes.bones}>
              <Bone width="60%" />
              <Bone width="80%" />
              <Bone height={80} />
            </div>
          </Card>
        </div>
      </Loading>
    </Page>
  );
}
