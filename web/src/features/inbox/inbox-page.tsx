import { useMediaQuery } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { applyOpened } from '@/api/effects';
import { read, useAct } from '@/api/query';
import type { Me } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { onReturned } from '@/components/undo';
import { LoadingRows } from '@/ui/feedback';
import { useHotkeys } from '@/ui/hotkeys';
import { Page } from '@/ui/page';
import { Count } from '@/ui/pill';
import { TabsNav } from '@/ui/tabs-nav';
import type { InboxSearch } from './address';
import { Beside } from './beside';
import { Bulk } from './bulk';
import classes from './inbox-page.module.css';
import type { Line } from './lines';
import { List } from './list';
import { MarkingHead } from './marking-head';
import { Nothing } from './nothing';
import { mark } from './selection';
import { Toolbar } from './toolbar';
import { useLines } from './use-lines';
import { useMarks, useSelection } from './use-selection';
import { type InboxView, views } from './views';

const route = getRouteApi('/in/inbox');

/** How the page that composes both shows a request beside the list. */
export type RunPaneProps = { run: string; keys: boolean; onDirty: (dirty: boolean) => void };
type RunPaneType = ComponentType<RunPaneProps>;

const seesAllOf = (me: Me | undefined) =>
  me && (me.permissions.includes('run.view_all') || me.permissions.includes('run.operate'));

/** Everything that waits for the reader, and everything the reader waits for. */
export function InboxPage({ RunPane }: { RunPane: RunPaneType }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: me } = useQuery(read('me.get', {}));
  const { view = 'mine' } = search;
  const seesAll = seesAllOf(me);
  const set = useCallback(
    (to: Partial<InboxSearch>) =>
      void navigate({ search: (s) => ({ ...s, open: undefined, ...to }), replace: true, resetScroll: false }),
    [navigate],
  );
  const title = view === 'all' && seesAll === false ? involved : views[view].title;
  return (
    <Page title={title} heading="Inbox" width="full" actions={<Toolbar search={search} set={set} />}>
      <Tabs me={me} search={search} seesAll={seesAll} />
      <Work key={view} label={title} search={search} seesAll={seesAll} set={set} RunPane={RunPane} />
    </Page>
  );
}

const involved = 'Involving me';

function Tabs({ me, search, seesAll }: { me: Me | undefined; search: InboxSearch; seesAll: boolean | undefined }) {
  const { view: present = 'mine' } = search;
  const counts: Partial<Record<InboxView, number>> = {
    mine: me?.counts.open_tasks,
    claimable: me?.counts.claimable,
    drafts: me?.counts.drafts,
  };
  // Whoever leads nobody has no team; an address may still name it.
  const shown = (view: InboxView) => view !== 'team' || present === 'team' || (me?.counts.reports ?? 0) > 0;
  return (
    <TabsNav label="Views">
      {(Object.keys(views) as InboxView[]).filter(shown).map((view) => (
        <Link
          key={view}
          to="/inbox"
          search={view === present ? search : { view: view === 'mine' ? undefined : view }}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {view === 'all' && seesAll === false ? involved : views[view].title} <Count value={counts[view] ?? 0} />
        </Link>
      ))}
    </TabsNav>
  );
}

type WorkProps = {
  label: string;
  search: InboxSearch;
  seesAll: boolean | undefined;
  set: (to: Partial<InboxSearch>) => void;
  RunPane: RunPaneType;
};

/** The list and, where there is room, the request beside it. */
function Work({ label, search, seesAll, set, RunPane }: WorkProps) {
  const { view = 'mine', open } = search;
  const wide = useMediaQuery('(min-width: 72em)', true, { getInitialValueInEffect: false }) && view !== 'drafts';
  const list = useLines(search, seesAll);
  const [dirty, setDirty] = useState(false);
  const [news, setNews] = useState('');
  const focus = useRef<((key: string) => void) | null>(null);
  const navigate = route.useNavigate();
  const choose = useCallback((key: string | undefined) => set({ open: key }), [set]);
  const markOpened = useMarkOpened();
  const page = (line: Line) => {
    markOpened(line);
    void navigate({ to: '/runs/$run', params: { run: line.ref } });
  };
  const { selected, shown, moved } = useSelection({
    lines: list.data,
    open,
    beside: wide,
    stale: list.isPlaceholderData,
    held: dirty,
    choose,
    onSuccessor: (line) => {
      if (!line) {
        setNews('That was the last one.');
        refocus(() => document.querySelector<HTMLElement>('main h1')?.focus());
        return;
      }
      setNews(`Next: ${line.task?.title ?? line.run?.title ?? line.ref}, ${line.ref}`);
      markOpened(line);
      refocus(() => focus.current?.(line.key));
    },
  });
  useReturned((ref) => {
    if (view !== 'mine' || dirty) return;
    if (wide) choose(ref);
    return () => focus.current?.(ref);
  }, list.data);
  const { marked, setMarked, anchor } = useMarks(list.data);
  const [marking, setMarking] = useState(false);
  const markable = view === 'mine';
  const onMark = (key: string, range: boolean) => {
    const keys = (list.data ?? []).map((line) => line.key);
    setMarked(mark(keys, marked, key, range ? anchor.current : undefined));
    anchor.current = key;
  };
  const select = (line: Line) => {
    markOpened(line);
    choose(line.key);
  };
  const atKey = () => {
    const key = document.activeElement?.getAttribute('data-row-link');
    return list.data?.find((line) => line.key === (key ?? selected));
  };
  const go = (by: number) => {
    const focused = document.activeElement?.getAttribute('data-row-link') ?? undefined;
    const key = wide ? moved(by) : neighbour(list.data ?? [], focused, by);
    const line = list.data?.find((each) => each.key === key);
    if (!line) return;
    if (wide) select(line);
    focus.current?.(line.key);
  };
  useHotkeys({
    j: () => go(1),
    k: () => go(-1),
    x: markable
      ? () => {
          const line = atKey();
          if (line) onMark(line.key, false);
        }
      : undefined,
    get Enter() {
      const line = document.activeElement?.matches('body, h1, main') && wide ? atKey() : undefined;
      return line && (() => page(line));
    },
  });
  const lines = list.data ?? [];
  return (
    <>
      <span className="hs-visually-hidden" role="status" aria-live="polite">
        {news}
      </span>
      {markable && (
        <Bulk
          tasks={lines.flatMap((line) => (line.task && marked.has(line.key) ? [line.task] : []))}
          all={lines.length}
          onAll={() => setMarked(new Set(lines.map((line) => line.key)))}
          onClear={() => {
            setMarked(new Set());
            setMarking(false);
          }}
        />
      )}
      <QueryState query={list} what="The list" loading={<LoadingRows rows={8} label={`Loading ${label}`} />}>
        {(found) => {
          const rows = (
            <List
              label={label}
              lines={found}
              selected={wide ? selected : undefined}
              beside={wide}
              marked={marked}
              onMark={markable ? onMark : undefined}
              marking={marking}
              onRest={
                markable
                  ? (line) => {
                      setMarking(true);
                      if (!marked.has(line.key)) onMark(line.key, false);
                    }
                  : undefined
              }
              onSelect={select}
              onOpen={markOpened}
              onEnd={list.more}
              more={list.hasNextPage}
              focus={focus}
            />
          );
          if (found.length === 0 && !(wide && shown)) return <Nothing search={search} />;
          if (!wide)
            return (
              <>
                {markable && (
                  <MarkingHead
                    marking={marking}
                    onChange={(on) => {
                      setMarking(on);
                      if (!on) setMarked(new Set());
                    }}
                  />
                )}
                {rows}
              </>
            );
          return (
            <div className={classes.columns}>
              <div className={classes.list}>{found.length > 0 ? rows : <Nothing search={search} />}</div>
              <Beside line={shown} keys={marked.size === 0} decides={markable}>
                {(run) => <RunPane key={run} run={run} keys={marked.size === 0} onDirty={setDirty} />}
              </Beside>
            </div>
          );
        }}
      </QueryState>
    </>
  );
}

/** What was taken back is chosen again, and has the focus as soon as the list has it. */
function useReturned(choose: (ref: string) => (() => void) | undefined, lines: Line[] | undefined) {
  const waiting = useRef<{ ref: string; act: () => void }>(undefined);
  const current = useRef(choose);
  current.current = choose;
  useEffect(
    () =>
      onReturned(([ref]) => {
        const act = ref === undefined ? undefined : current.current(ref);
        waiting.current = ref !== undefined && act ? { ref, act } : undefined;
      }),
    [],
  );
  useEffect(() => {
    const found = waiting.current;
    if (!found || !lines?.some((line) => line.key === found.ref)) return;
    waiting.current = undefined;
    refocus(found.act);
  }, [lines]);
}

/** On a narrow screen the focus is the only choice there is. */
function neighbour(lines: Line[], focused: string | undefined, by: number): string | undefined {
  const at = lines.findIndex((line) => line.key === focused);
  if (at < 0) return by > 0 ? lines[0]?.key : lines.at(-1)?.key;
  return lines[Math.min(lines.length - 1, Math.max(0, at + by))]?.key;
}

/** A dialog that closes hands the focus back to what was pressed, which by then is gone: ours comes after that. */
function refocus(act: () => void) {
  requestAnimationFrame(act);
  setTimeout(() => {
    if (document.activeElement === document.body) act();
  }, 400);
}

/** Notes that the reader has seen a task of theirs. Not worth a word when it fails: it then stays unread. */
function useMarkOpened() {
  const client = useQueryClient();
  const { mutate } = useAct('tasks.mark_read');
  return useCallback(
    ({ task }: Line) => {
      if (!task?.unread || task.assignee || task.can.claim) return;
      applyOpened(client, task.id);
      mutate({ task_id: task.id });
    },
    [client, mutate],
  );
}
