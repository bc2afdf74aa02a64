import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import { read } from '@/api/query';
import type { Out, Workflow } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { opened } from '@/lib/definition';
import { Bone, Failure, Loading } from '@/ui/feedback';
import { LinkButton } from '@/ui/link-button';
import classes from './designer.module.css';
import { EditorProvider } from './editor';
import { TopBar } from './top-bar';

const route = getRouteApi('/in/workflows/$workflow/edit');

/** A workflow being drawn: one draft, looked at from several sides. */
export function DesignerPage() {
  const { workflow } = route.useParams();
  const query = useQuery(read('workflows.get', { workflow }));
  return (
    <QueryState query={query} page what="This workflow" loading={<DesignerLoading />}>
      {(found) => (found.can.edit ? <Draft workflow={found} /> : <NotYours workflow={found} />)}
    </QueryState>
  );
}

function NotYours({ workflow }: { workflow: Workflow }) {
  return (
    <Failure
      page
      title={`${workflow.name} is not yours to change`}
      detail="Whoever owns it or has the right to design workflows can change it. You can look at it."
      action={
        <LinkButton variant="default" to="/workflows/$workflow" params={{ workflow: workflow.key }}>
          View it
        </LinkButton>
      }
    />
  );
}

function Draft({ workflow }: { workflow: Workflow }) {
  // The draft is opened once. What comes later is this designer's own, or asked about before it is taken.
  const [first, setFirst] = useState<Out<'drafts.get'>>();
  const query = useQuery({
    ...read('drafts.get', { workflow: workflow.id }),
    refetchOnMount: 'always',
    staleTime: 0,
    enabled: first === undefined,
  });
  const draft = first ?? (query.isFetching ? undefined : query.data);
  if (draft && !first) setFirst(draft);
  return (
    <QueryState
      query={{ ...query, data: draft, isPending: query.isFetching }}
      page
      what="The draft"
      loading={<DesignerLoading />}
    >
      {(found) => <Opened workflow={workflow} draft={found} />}
    </QueryState>
  );
}

function Opened({ workflow, draft }: { workflow: Workflow; draft: Out<'drafts.get'> }) {
  const [first] = useState(workflow);
  // By its id: the key of a workflow that was never published may change while it is drawn.
  const { data: now = first } = useQuery({ ...read('workflows.get', { workflow: first.id }), initialData: first });
  const begun = useMemo(
    () => ({
      doc: opened(draft.document),
      revision: draft.revision,
      problems: draft.problems,
      published: first.status === 'published' ? opened(first.document) : undefined,
    }),
    [first, draft],
  );
  return (
    <EditorProvider workflow={now} opened={begun} key={first.id}>
      <div className={classes.designer}>
        <TopBar />
        <Suspense fallback={<PartLoading />}>
          <Outlet />
        </Suspense>
      </div>
    </EditorProvider>
  );
}

function PartLoading() {
  return (
    <Loading label="Loading the designer">
      <div className={classes.bones}>
        <Bone width={240} height={18} />
        <Bone height={420} />
      </div>
    </Loading>
  );
}

function DesignerLoading() {
  return (
    <div className={classes.designer}>
      <header className={classes.top}>
        <Bone width={220} height={22} />
      </header>
      <PartLoading />
    </div>
  );
}
