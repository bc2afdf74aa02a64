import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { read, readPages, rowsOf } from '@/api/query';
import type { In, RunRow } from '@/api/types';
import { People, PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { RunState } from '@/components/status';
import { BackLink } from '@/ui/back-link';
import { type Column, DataTable } from '@/ui/data-table';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconHistory } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { MoreButton } from '@/ui/more-button';
import { Page } from '@/ui/page';
import { Moment } from '@/ui/time';
import { MigrateAct } from './migrate-act';
import { beginning, periods } from './period';
import { type Narrowing, RunsFilters } from './runs-filters';
import classes from './runs-page.module.css';
import { StatisticsCards } from './statistics-cards';

const route = getRouteApi('/in/workflows/$workflow/runs');

type Statuses = NonNullable<In<'runs.list'>['filter']>['status'];
const statuses: Record<string, Statuses> = {
  all: undefined,
  open: ['running', 'held', 'queued'],
  ended: ['completed', 'cancelled', 'failed'],
};

/** The runs of one workflow in a period, as far as the reader may see them. */
export function WorkflowRunsPage() {
  const { workflow } = route.useParams();
  const search = route.useSearch();
  const { q, status = 'all', period = '90', outcome, step, from } = search;
  const navigate = route.useNavigate();
  const about = useQuery(read('workflows.get', { workflow }));
  const { data: me } = useQuery(read('me.get', {}));
  const seesAll = me?.permissions.includes('run.view_all') ?? false;
  const list = useInfiniteQuery({
    enabled: me !== undefined,
    ...readPages('runs.list', {
      filter: {
        view: seesAll ? 'all' : 'involved',
        workflow,
        query: q,
        status: statuses[status],
        outcome,
        step_id: step,
        initiator_id: from,
        from: beginning(period),
      },
      limit: 50,
    }),
    placeholderData: keepPreviousData,
  });
  const set = useCallback(
    (to: Narrowing) => void navigate({ search: (s) => ({ ...s, ...to }), replace: true, resetScroll: false }),
    [navigate],
  );
  const name = about.data?.name ?? workflow;
  const measured = about.data?.can.statistics === true;
  return (
    <Page
      title={`Runs of ${name}`}
      width="wide"
      above={<BackLink to="/">Workflows</BackLink>}
      lead={measured && !seesAll && 'The statistics count all requests; the list has those you have a part in.'}
      actions={
        <>
          {seesAll && me?.permissions.includes('run.migrate') && <MigrateAct workflow={workflow} />}
          <Period value={period} set={set} />
          <LinkButton variant="default" to="/workflows/$workflow" params={{ workflow }}>
            View
          </LinkButton>
        </>
      }
    >
      {measured && <StatisticsCards workflow={workflow} from={beginning(period)} />}
      <RunsFilters search={search} document={about.data?.document} rows={rowsOf<'runs.list'>(list.data)} set={set} />
      <QueryState
        query={{ ...list, data: rowsOf<'runs.list'>(list.data) }}
        what="The list of runs"
        loading={<LoadingRows rows={8} />}
      >
        {(rows) =>
          rows.length > 0 ? (
            <>
              <DataTable label={`Runs of ${name}`} columns={columns} rows={rows} rowKey={(run) => run.id} />
              <MoreButton query={list} />
            </>
          ) : (
            <Empty icon={<IconHistory size={20} stroke={1.7} />} title="No runs here">
              {q || status !== 'all' || outcome || step || from
                ? 'None match these filters.'
                : 'In this period nobody started one that you may see.'}
            </Empty>
          )
        }
      </QueryState>
    </Page>
  );
}

function Period({ value, set }: { value: string; set: (to: Narrowing) => void }) {
  return (
    <NativeSelect
      aria-label="Period"
      data={periods}
      value={value}
      onChange={(event) => set({ period: event.currentTarget.value === '90' ? undefined : event.currentTarget.value })}
    />
  );
}

const columns: Column<RunRow>[] = [
  {
    key: 'title',
    header: 'Request',
    phone: 'title',
    cell: (run) => (
      <span className={classes.request}>
        <span className={classes.number}>{run.number}</span>
        <Link to="/runs/$run" params={{ run: run.number ?? run.id }} className={classes.title}>
          {run.title}
        </Link>
      </span>
    ),
  },
  { key: 'state', header: 'Status', width: '1px', phone: 'bare', cell: (run) => <RunState run={run} /> },
  {
    key: 'from',
    header: 'From',
    width: '170px',
    phone: 'bare',
    cell: (run) => <PersonChip person={run.initiator} />,
  },
  {
    key: 'with',
    header: 'With',
    width: '170px',
    cell: (run) => <People people={run.holders} none={run.step_names.join(', ') || '—'} />,
  },
  {
    key: 'started',
    header: 'Started',
    width: '1px',
    align: 'right',
    cell: (run) => run.started_at && <Moment at={run.started_at} />,
  },
];
