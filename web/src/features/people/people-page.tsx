import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { read, readPages, rowsOf } from '@/api/query';
import { QueryState } from '@/components/query-state';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconFileText, IconPlus, IconUsers } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { MoreButton } from '@/ui/more-button';
import { Page } from '@/ui/page';
import { SearchBox } from '@/ui/search-box';
import classes from './people-page.module.css';
import { PeopleTable } from './people-table';
import { PeopleTabs, useRights } from './people-tabs';

const route = getRouteApi('/in/people');
type Narrowing = { q?: string; department?: string; role?: string; status?: 'active' | 'disabled' };

/** Everybody in the organization: to look up, and to keep up to date. */
export function PeoplePage() {
  const { q, department, role, status } = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (to: Narrowing) => void navigate({ search: (s) => ({ ...s, ...to }), replace: true, resetScroll: false }),
    [navigate],
  );
  const list = useInfiniteQuery({
    ...readPages('users.list', { query: q, department, role, status, limit: 50 }),
    placeholderData: keepPreviousData,
  });
  const narrowed = Boolean(q || department || role || status);
  return (
    <Page title="People" width="wide" actions={<Actions />}>
      <PeopleTabs />
      <Filters q={q} department={department} role={role} status={status} set={set} />
      <QueryState
        query={{ ...list, data: rowsOf<'users.list'>(list.data) }}
        what="The list of people"
        loading={<LoadingRows rows={10} />}
      >
        {(rows) =>
          rows.length > 0 ? (
            <>
              <PeopleTable rows={rows} />
              <MoreButton query={list} />
            </>
          ) : (
            <Nobody
              q={q}
              narrowed={narrowed}
              onAll={() => void navigate({ search: {}, replace: true, resetScroll: false })}
            />
          )
        }
      </QueryState>
    </Page>
  );
}

function Actions() {
  const may = useRights();
  if (!may('user.manage')) return null;
  return (
    <>
      <LinkButton
        to="/people/import"
        variant="default"
        leftSection={<IconFileText size={16} stroke={1.7} aria-hidden />}
      >
        Import
      </LinkButton>
      <LinkButton to="/people/new" leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />}>
        Add a person
      </LinkButton>
    </>
  );
}

function Nobody({ q, narrowed, onAll }: { q: string | undefined; narrowed: boolean; onAll: () => void }) {
  return (
    <Empty
      icon={<IconUsers size={20} stroke={1.7} />}
      title={q ? `Nobody matches “${q}”` : narrowed ? 'Nobody matches these filters' : 'Nobody here yet'}
      action={
        narrowed && (
          <Button variant="default" onClick={onAll}>
            Show everybody
          </Button>
        )
      }
    >
      {narrowed
        ? 'Search by the beginning of a name, a last name or an email address.'
        : 'Add people one by one, or import a table of them.'}
    </Empty>
  );
}

function Filters({ q, department, role, status, set }: Narrowing & { set: (to: Narrowing) => void }) {
  const departments = useQuery(read('departments.list', {})).data?.items ?? [];
  const roles = useQuery(read('roles.list', {})).data?.items ?? [];
  const search = useCallback((words: string) => set({ q: words || undefined }), [set]);
  const options = (all: string, items: { key: string; name: string }[], chosen: string | undefined) => [
    { value: '', label: all },
    ...items.map(({ key, name }) => ({ value: key, label: name })),
    // What the address names stays chosen also when nobody knows it.
    ...(chosen && !items.some((item) => item.key === chosen) ? [{ value: chosen, label: chosen }] : []),
  ];
  return (
    <div className={classes.filters}>
      <SearchBox label="Search people" value={q ?? ''} onChange={search} />
      <NativeSelect
        aria-label="Department"
        className={classes.select}
        data={options('All departments', departments, department)}
        value={department ?? ''}
        onChange={(event) => set({ department: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        aria-label="Role"
        className={classes.select}
        data={options('All roles', roles, role)}
        value={role ?? ''}
        onChange={(event) => set({ role: event.currentTarget.value || undefined })}
      />
      <SegmentedControl
        aria-label="Status"
        value={status ?? 'all'}
        onChange={(value) => set({ status: value === 'active' || value === 'disabled' ? value : undefined })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'active', label: 'Active' },
          { value: 'disabled', label: 'Disabled' },
        ]}
      />
    </div>
  );
}
