import { ActionIcon } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applyDraft } from '@/api/effects';
import { readPages, rowsOf, useAct } from '@/api/query';
import type { RunRow } from '@/api/types';
import { People } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { RunState } from '@/components/status';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconFileText, IconPencil, IconSearch, IconTrash } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { MoreButton } from '@/ui/more-button';
import { Moment } from '@/ui/time';
import { say } from '@/ui/toast';
import classes from './request-list.module.css';
import { Row, Rows } from './rows';

type View = 'mine' | 'drafts';

/** What the reader asked for: under way and ended, or not sent yet. */
export function RequestList({ view, query }: { view: View; query: string | undefined }) {
  const list = useInfiniteQuery({
    ...readPages('runs.list', { filter: { view, query }, limit: 50 }),
    placeholderData: keepPreviousData,
  });
  return (
    <QueryState
      query={{ ...list, data: rowsOf<'runs.list'>(list.data) }}
      what="The list"
      loading={<LoadingRows rows={8} label="Loading your requests" />}
    >
      {(rows) =>
        rows.length > 0 ? (
          <>
            <Rows label={view === 'mine' ? 'My requests' : 'Drafts'}>
              {rows.map((run) =>
                view === 'mine' ? <Request key={run.id} run={run} /> : <Draft key={run.id} run={run} />,
              )}
            </Rows>
            <MoreButton query={list} />
          </>
        ) : (
          <Nothing view={view} query={query} />
        )
      }
    </QueryState>
  );
}

function Request({ run }: { run: RunRow }) {
  const where = [run.title !== run.workflow.name && run.workflow.name, ...run.step_names].filter(Boolean).join(' · ');
  return (
    <Row
      icon={<WorkflowIcon workflow={run.workflow} />}
      number={run.number}
      link={
        <Link to="/runs/$run" params={{ run: run.number || run.id }} data-row-link>
          {run.title}
        </Link>
      }
      about={where || run.workflow.group || 'Request'}
      who={
        run.holders.length > 0 ? (
          <span className={classes.with}>
            <span className="hs-visually-hidden">With </span>
            <People people={run.holders} />
          </span>
        ) : (
          <RunState run={run} />
        )
      }
      when={run.started_at && <Moment at={run.ended_at ?? run.started_at} span />}
    />
  );
}

function Draft({ run }: { run: RunRow }) {
  const client = useQueryClient();
  const remove = useAct('runs.delete_draft', {
    onSuccess: () => {
      applyDraft(client);
      say('The draft was thrown away.');
    },
    onError: (error) => say(error.message, 'red'),
  });
  return (
    <Row
      icon={<WorkflowIcon workflow={run.workflow} />}
      link={
        <Link
          to="/workflows/$workflow/start"
          params={{ workflow: run.workflow.key }}
          search={{ draft: run.id }}
          data-row-link
        >
          {run.title || run.workflow.name}
        </Link>
      }
      about={run.title && run.title !== run.workflow.name ? run.workflow.name : 'Not sent yet'}
      when={run.modified_at && <Moment at={run.modified_at} span />}
      action={
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={remove.isPending}
          aria-label={`Throw away the draft ${run.title || run.workflow.name}`}
          onClick={() => remove.mutate({ run_id: run.id })}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      }
    />
  );
}

function Nothing({ view, query }: { view: View; query: string | undefined }) {
  if (query) return <Empty icon={<IconSearch size={20} stroke={1.7} />} title={`Nothing matches “${query}”`} />;
  const start = (
    <LinkButton variant="default" to="/">
      Start a request
    </LinkButton>
  );
  if (view === 'drafts') {
    return (
      <Empty icon={<IconPencil size={20} stroke={1.7} />} title="No drafts" action={start}>
        A request you begin and do not send is kept here by itself.
      </Empty>
    );
  }
  return (
    <Empty icon={<IconFileText size={20} stroke={1.7} />} title="You have not asked for anything yet" action={start}>
      Your requests stay here, with who has them at the moment.
    </Empty>
  );
}
