import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '@/api/client';
import { readPages, rowsOf } from '@/api/query';
import type { In, Out, RunStatus } from '@/api/types';
import type { InboxSearch } from './address';
import { linesOfRuns, linesOfTasks } from './lines';
import { type InboxView, isTaskView } from './views';

const statuses: Record<string, Exclude<RunStatus, 'draft'>[]> = {
  open: ['queued', 'running', 'held'],
  ended: ['completed', 'failed', 'cancelled'],
};

/** The first page is short, so that it is there at once; whoever scrolls on gets long ones. */
const first = 50;
const further = 500;

/** How often the list is read again. Whoever is told of a change sooner marks `tasks.list` and `runs.list` outdated. */
const rest = 60_000;

function tasksAsked(search: InboxSearch): Omit<In<'tasks.list'>, 'cursor'> {
  const view = search.view ?? 'mine';
  return {
    filter: {
      view: isTaskView(view) ? view : 'mine',
      query: search.q,
      workflow: search.workflow,
      step_id: search.step,
      initiator_id: search.from,
      older_days: search.older,
    },
    sort: search.sort,
  };
}

function useTasks(search: InboxSearch, enabled: boolean) {
  const body = tasksAsked(search);
  return useInfiniteQuery({
    ...readPages('tasks.list', body),
    queryFn: ({ signal, pageParam }): Promise<Out<'tasks.list'>> =>
      call('tasks.list', { ...body, cursor: pageParam, limit: pageParam ? further : first }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: rest,
    enabled,
  });
}

/** Views of requests, by what the server calls them; all depends on what the reader may see. */
const onServer: Partial<Record<InboxView, 'mine' | 'watching' | 'drafts'>> = {
  requests: 'mine',
  watching: 'watching',
  drafts: 'drafts',
};

function useRuns(search: InboxSearch, view: InboxView, seesAll: boolean, enabled: boolean) {
  const serverView = onServer[view] ?? (seesAll ? 'all' : 'involved');
  return useInfiniteQuery({
    ...readPages('runs.list', {
      filter: {
        view: serverView,
        query: search.q,
        workflow: search.workflow,
        status: search.status && view !== 'drafts' ? statuses[search.status] : undefined,
      },
      limit: 50,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: rest,
    enabled,
  });
}

/** What the address asks for, line by line as far as it was read. */
export function useLines(search: InboxSearch, seesAll: boolean | undefined) {
  const view = search.view ?? 'mine';
  const ofTasks = isTaskView(view);
  const tasks = useTasks(search, ofTasks);
  const runs = useRuns(search, view, seesAll ?? false, !ofTasks && seesAll !== undefined);
  const taskRows = tasks.data;
  const runRows = runs.data;
  const data = useMemo(() => {
    if (ofTasks) return taskRows && linesOfTasks(rowsOf<'tasks.list'>(taskRows) ?? []);
    return runRows && linesOfRuns(rowsOf<'runs.list'>(runRows) ?? []);
  }, [ofTasks, taskRows, runRows]);
  const asked = ofTasks ? tasks : runs;
  const { isPending, error, refetch, hasNextPage, isFetchingNextPage, isPlaceholderData } = asked;
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void asked.fetchNextPage();
  };
  return { data, isPending, error, refetch, hasNextPage, isPlaceholderData, more };
}
