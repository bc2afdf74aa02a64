import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { readPages, rowsOf } from '@/api/query';
import type { User } from '@/api/types';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { Avatar } from '@/ui/avatar';
import { type Column, DataTable } from '@/ui/data-table';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconUsers } from '@/ui/icons';
import { MoreButton } from '@/ui/more-button';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { SearchBox } from '@/ui/search-box';
import classes from './people-page.module.css';

const route = getRouteApi('/in/people');

/** Everybody in the organization, to look up. */
export function PeoplePage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const search = useCallback(
    (words: string) => void navigate({ search: { q: words || undefined }, replace: true }),
    [navigate],
  );
  const list = useInfiniteQuery({
    ...readPages('users.list', { query: q, limit: 50 }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="People" actions={<SearchBox label="Search people" value={q ?? ''} onChange={search} />}>
      <QueryState
        query={{ ...list, data: rowsOf<'users.list'>(list.data) }}
        what="The list of people"
        loading={<LoadingRows rows={10} />}
      >
        {(rows) =>
          rows.length > 0 ? (
            <>
              <DataTable label="People" columns={columns} rows={rows} rowKey={(user) => user.id} />
              <MoreButton query={list} />
            </>
          ) : (
            <Empty icon={<IconUsers size={20} stroke={1.7} />} title={q ? `Nobody matches “${q}”` : 'Nobody here yet'}>
              Search by name, email, designation or department.
            </Empty>
          )
        }
      </QueryState>
    </Page>
  );
}

const columns: Column<User>[] = [
  {
    key: 'name',
    header: 'Name',
    phone: 'title',
    cell: (user) => (
      <span className={classes.person}>
        <Avatar name={user.name} size={30} />
        <span className={classes.words}>
          <span className={classes.name}>
            {user.name} {user.status === 'disabled' && <Pill>Disabled</Pill>}
          </span>
          <span className={classes.quiet}>{user.email}</span>
        </span>
      </span>
    ),
  },
  { key: 'designation', header: 'Designation', phone: 'bare', cell: (user) => user.designation ?? '' },
  { key: 'department', header: 'Department', phone: 'bare', cell: (user) => user.department ?? '' },
  { key: 'location', header: 'Location', phone: 'bare', cell: (user) => user.location ?? user.city ?? '' },
  {
    key: 'manager',
    header: 'Manager',
    cell: (user) => (user.manager ? <PersonChip person={user.manager} /> : <span className={classes.quiet}>—</span>),
  },
];
