import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect } from 'react';
import { outdate, read, readPages, rowsOf, useAct } from '@/api/query';
import type { HistoryItem, Run } from '@/api/types';
import type { Overtaken } from '@/components/act-dialog';
import { groupsOf, sentence } from '@/components/run-timeline';
import { ago } from '@/lib/dates';
import { say } from '@/ui/toast';

/**
 * While a dialog is open the page below stands still, so that what is written in it is not swept away
 * with the task it was about. `latest` is how the request stands by now.
 */
export type Steady = { latest: Run | undefined; hold: (open: boolean) => void };
export const SteadyContext = createContext<Steady>({ latest: undefined, hold: () => {} });

type Asked = {
  run: Run;
  /** Whether what the dialog asks can still be done. */
  still: (latest: Run) => boolean;
  /** What is about this step alone. */
  step?: string;
  /** The act is under way: what changes then may be its own doing. */
  pending: boolean;
  onClose: () => void;
};

/** Keeps the page still for a dialog, and tells it when somebody was faster. */
export function useOvertaken({ run, still, step, pending, onClose }: Asked): Overtaken | undefined {
  const { latest = run, hold } = useContext(SteadyContext);
  useEffect(() => {
    hold(true);
    return () => hold(false);
  }, [hold]);
  const overtaken = !pending && !still(latest);
  const happened = useLastAct(run, step, overtaken);
  const { data: me } = useQuery(read('me.get', {}));
  const comment = useLateComment(run, onClose);
  if (!overtaken) return undefined;
  const own = happened !== undefined && happened.item.actor?.id === me?.user.id;
  return {
    title: own ? 'You did this already' : 'Somebody was faster',
    what: happened ? `${happened.words} ${ago(happened.item.at, Date.now())}.` : 'The request has moved on.',
    arrived: (text) => own && happened.item.comment?.trim() === text.trim(),
    comment: latest.can.comment ? comment.send : undefined,
    pending: comment.pending,
  };
}

const acts = new Set([
  'task.completed',
  'task.sent_back',
  'task.undone',
  'task.reassigned',
  'task.delegated',
  'task.claimed',
  'task.released',
  'task.cancelled',
  'run.cancelled',
  'run.recalled',
  'run.held',
]);

/** The last thing somebody did in a step or with the whole request. */
function useLastAct(run: Run, step: string | undefined, enabled: boolean) {
  const history = useInfiniteQuery({ ...readPages('runs.history', { run_id: run.id, limit: 100 }), enabled });
  const { hasNextPage, isFetching, fetchNextPage } = history;
  useEffect(() => {
    if (enabled && hasNextPage && !isFetching) void fetchNextPage();
  }, [enabled, hasNextPage, isFetching, fetchNextPage]);
  return lastAct(rowsOf<'runs.history'>(history.data) ?? [], step);
}

/** That act, and its sentence. */
export function lastAct(items: HistoryItem[], step: string | undefined) {
  const concerns = (item: HistoryItem) => !step || !item.step_id || item.step_id === step;
  const last = groupsOf(items).findLast(({ item }) => item.actor && acts.has(item.type) && concerns(item));
  return last && { item: last.item, words: sentence(last.entry) };
}

function useLateComment(run: Run, onClose: () => void) {
  const client = useQueryClient();
  const add = useAct('comments.add', {
    onSuccess: () => {
      void outdate(client, 'runs.history');
      say('Sent as a comment.');
      onClose();
    },
    onError: (error) => say(error.message, 'red'),
  });
  return { send: (text: string) => add.mutate({ run_id: run.id, text }), pending: add.isPending };
}
