import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { key, outdate } from './query';
import type { Out, Run } from './types';

/**
 * What the screens know after an act answered the run: the run itself at once, the inbox without
 * what was decided at once, and everything else re-read. So no list ever shows what is done.
 */
export function applyRun(client: QueryClient, run: Run): void {
  for (const name of [run.id, run.number]) {
    if (name) client.setQueryData(key('runs.get', { run: name }), run);
  }
  const open = new Set(run.tasks.map((task) => task.id));
  client.setQueriesData<InfiniteData<Out<'tasks.list'>>>({ queryKey: key('tasks.list') }, (data) => {
    if (!data?.pages) return data;
    const keep = (row: { id: string; run_id: string }) => row.run_id !== run.id || open.has(row.id);
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter(keep) })) };
  });
  void outdate(client, 'tasks.list', 'runs.list', 'runs.history', 'me.get');
}

type Inbox = InfiniteData<Out<'tasks.list'>>;

/** Several tasks were decided: their lines go at once, everything they touched is re-read. */
export function applyDecided(client: QueryClient, tasks: Set<string>): void {
  client.setQueriesData<Inbox>({ queryKey: key('tasks.list') }, (data) => {
    if (!data?.pages) return data;
    const pages = data.pages.map((page) => ({ ...page, items: page.items.filter((row) => !tasks.has(row.id)) }));
    return { ...data, pages };
  });
  void outdate(client, 'tasks.list', 'runs.list', 'runs.get', 'runs.history', 'me.get');
}

/** A task was opened by its holder. */
export function applyOpened(client: QueryClient, task: string): void {
  client.setQueriesData<Inbox>({ queryKey: key('tasks.list') }, (data) => {
    if (!data?.pages) return data;
    const opened = (row: Out<'tasks.list'>['items'][number]) => (row.id === task ? { ...row, unread: false } : row);
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(opened) })) };
  });
}

/** The reader watches a run, or does not any more: at once, before the server has answered. */
export function applyWatching(client: QueryClient, run: Pick<Run, 'id'>, watching: boolean): void {
  client.setQueriesData<Run>({ queryKey: key('runs.get') }, (data) =>
    data?.id === run.id ? { ...data, watching } : data,
  );
}

/** A draft was saved, thrown away or sent. */
export function applyDraft(client: QueryClient): void {
  void outdate(client, 'runs.list', 'me.get');
}
