import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { key, outdate, useAct } from '@/api/query';
import type { Out, WorkflowSummary } from '@/api/types';
import { say } from '@/ui/toast';

type Pages = InfiniteData<Out<'workflows.list'>>;

/** A page of workflows after one was kept or given up. */
export function withFavourite(page: Out<'workflows.list'>, id: string, favourite: boolean): Out<'workflows.list'> {
  const change = (row: WorkflowSummary) => (row.id === id ? { ...row, favourite } : row);
  const hand = page.at_hand.map(change);
  const row = page.items.find((item) => item.id === id);
  const added = favourite && row && !hand.some((item) => item.id === id) ? [change(row)] : [];
  const kept = [...added, ...hand].filter((item) => item.favourite || item.started_at);
  return { ...page, items: page.items.map(change), at_hand: kept };
}

/** Keeps a workflow at hand or gives it up: shown at once, taken back with a message when refused. */
export function useFavourite() {
  const client = useQueryClient();
  const show = (id: string, favourite: boolean) =>
    client.setQueriesData<Pages>({ queryKey: key('workflows.list') }, (data) =>
      data?.pages ? { ...data, pages: data.pages.map((page) => withFavourite(page, id, favourite)) } : data,
    );
  const options = {
    onSuccess: () => void outdate(client, 'workflows.list'),
    onError: (error: Error) => {
      say(error.message, 'red');
      void outdate(client, 'workflows.list');
    },
  };
  const keep = useAct('workflows.favourite', options);
  const giveUp = useAct('workflows.unfavourite', options);
  return (workflow: Pick<WorkflowSummary, 'id' | 'favourite'>) => {
    const favourite = !workflow.favourite;
    show(workflow.id, favourite);
    (favourite ? keep : giveUp).mutate({ workflow: workflow.id });
  };
}
