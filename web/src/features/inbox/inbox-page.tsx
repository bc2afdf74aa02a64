import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { read } from '@/api/query';
import { Page } from '@/ui/page';
import { Count } from '@/ui/pill';
import { SearchBox } from '@/ui/search-box';
import { TabsNav } from '@/ui/tabs-nav';
import { RequestList } from './request-list';
import { TaskList } from './task-list';
import { type InboxView, views } from './views';

const route = getRouteApi('/in/inbox');

/** Everything that waits for the reader, and everything the reader waits for. */
export function InboxPage() {
  const { view = 'mine', q } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useQuery(read('me.get', {}));
  const search = useCallback(
    (words: string) => void navigate({ search: (s) => ({ ...s, q: words || undefined }), replace: true }),
    [navigate],
  );
  const counts: Partial<Record<InboxView, number>> = {
    mine: me?.counts.open_tasks,
    claimable: me?.counts.claimable,
    drafts: me?.counts.drafts,
  };
  return (
    <Page
      title={views[view].title}
      heading="Inbox"
      actions={
        view === 'drafts' ? null : <SearchBox key={view} label="Search this list" value={q ?? ''} onChange={search} />
      }
    >
      <TabsNav label="Views">
        {(Object.keys(views) as InboxView[]).map((each) => (
          <Link
            key={each}
            to="/inbox"
            search={{ view: each === 'mine' ? undefined : each, q: each === view ? q : undefined }}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {views[each].title} <Count value={counts[each] ?? 0} />
          </Link>
        ))}
      </TabsNav>
      {view === 'mine' || view === 'claimable' ? (
        <TaskList key={view} view={view} query={q} />
      ) : (
        <RequestList key={view} view={view === 'requests' ? 'mine' : 'drafts'} query={q} />
      )}
    </Page>
  );
}
