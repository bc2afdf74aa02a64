import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { read, readPages, rowsOf } from '@/api/query';
import type { WorkflowGroup } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { Empty, LoadingRows } from '@/ui/feedback';
import { useHotkeys } from '@/ui/hotkeys';
import { IconListDetails, IconPlus, IconSearch } from '@/ui/icons';
import { MoreButton } from '@/ui/more-button';
import { Page } from '@/ui/page';
import { Count } from '@/ui/pill';
import { SearchBox } from '@/ui/search-box';
import { TabsNav } from '@/ui/tabs-nav';
import { AtHand } from './at-hand';
import { useFavourite } from './use-favourite';
import { WorkflowTable } from './workflow-table';

const NewDialog = lazy(() => import('./new-dialog').then((m) => ({ default: m.NewDialog })));
const route = getRouteApi('/in/');

/** Where people arrive: the workflows they may see, in tabs by group. A name starts it. */
export function LandingPage() {
  const { group, q } = route.useSearch();
  const navigate = route.useNavigate();
  const search = useCallback(
    (words: string) =>
      void navigate({ search: (s) => ({ ...s, q: words || undefined }), replace: true, resetScroll: false }),
    [navigate],
  );
  const list = useInfiniteQuery({
    ...readPages('workflows.list', { group, query: q, limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const rows = rowsOf<'workflows.list'>(list.data);
  const { groups, at_hand: hand = [] } = list.data?.pages[0] ?? {};
  const keep = useFavourite();
  useHotkeys({ '/': () => document.querySelector<HTMLInputElement>('main [type="search"]')?.focus() });
  return (
    <Page
      title="Workflows"
      lead="Choose what you want to ask for."
      actions={
        <>
          <SearchBox label="Search workflows" value={q ?? ''} onChange={search} />
          <NewWorkflow />
        </>
      }
    >
      {!q && !group && <AtHand workflows={hand} onToggle={keep} />}
      <Groups groups={groups} q={q} />
      <QueryState query={{ ...list, data: rows }} what="The list of workflows" loading={<LoadingRows rows={8} />}>
        {(items) => (
          <>
            {items.length > 0 ? (
              <WorkflowTable rows={items} groups={groups} onKeep={keep} />
            ) : (
              <Nothing q={q} group={group} />
            )}
            <MoreButton query={list} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

/** For those who may design. */
function NewWorkflow() {
  const { data: me } = useQuery(read('me.get', {}));
  const [open, setOpen] = useState(false);
  if (!me?.permissions.includes('workflow.design')) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        New workflow
      </Button>
      <Suspense>{open && <NewDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

type GroupsProps = { groups: WorkflowGroup[] | undefined; q: string | undefined };
const exactly = { exact: true, includeSearch: true };

function Groups({ groups = [], q }: GroupsProps) {
  const total = groups.reduce((sum, g) => sum + g.count, 0);
  return (
    <TabsNav label="Groups">
      <Link to="/" search={{ q }} activeOptions={exactly}>
        All <Count value={total} />
      </Link>
      {groups.map((g) => (
        <Link key={g.key} to="/" search={{ q, group: g.key }} activeOptions={exactly}>
          {g.name} <Count value={g.count} />
        </Link>
      ))}
    </TabsNav>
  );
}

function Nothing({ q, group }: { q: string | undefined; group: string | undefined }) {
  if (q || group) {
    return (
      <Empty
        icon={<IconSearch size={20} stroke={1.7} />}
        title={q ? `No workflow matches “${q}”` : 'No workflow in this group'}
        action={<Link to="/">Show all workflows</Link>}
      >
        Try another word or another group.
      </Empty>
    );
  }
  return (
    <Empty icon={<IconListDetails size={20} stroke={1.7} />} title="No workflow is open to you yet">
      As soon as one is published for you, it appears here.
    </Empty>
  );
}
