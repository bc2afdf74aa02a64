import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applyRun } from '@/api/effects';
import { outdate, readPages, rowsOf, useAct } from '@/api/query';
import type { TaskRow, TaskView } from '@/api/types';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconCheck, IconHandGrab, IconSearch } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { MoreButton } from '@/ui/more-button';
import { Moment } from '@/ui/time';
import { say } from '@/ui/toast';
import { Row, Rows } from './rows';

const labels = { mine: 'My tasks', claimable: 'Tasks to claim' };

/** Open tasks: the reader's own, or those the reader may take. */
export function TaskList({ view, query }: { view: TaskView; query: string | undefined }) {
  const list = useInfiniteQuery({
    ...readPages('tasks.list', { filter: { view, query }, limit: 50 }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  return (
    <QueryState
      query={{ ...list, data: rowsOf<'tasks.list'>(list.data) }}
      what="The inbox"
      loading={<LoadingRows rows={8} label="Loading your tasks" />}
    >
      {(rows) =>
        rows.length > 0 ? (
          <>
            <Rows label={labels[view]}>
              {rows.map((task) => (
                <Task key={task.id} task={task} />
              ))}
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

function Task({ task }: { task: TaskRow }) {
  return (
    <Row
      icon={<WorkflowIcon workflow={task.workflow} />}
      number={task.number}
      link={
        <Link to="/runs/$run" params={{ run: task.number || task.run_id }} data-row-link>
          {task.title}
        </Link>
      }
      about={about(task)}
      who={<PersonChip person={task.initiator} />}
      when={<Moment at={task.assigned_at} span />}
      action={task.can.claim && <Claim task={task} />}
      warning={task.warning}
    />
  );
}

/** Where the task stands: the title often is the workflow's name and need not be said twice. */
function about(task: TaskRow): string {
  const step = task.kind === 'fix' ? `${task.step_name}: sent back to you` : task.step_name;
  return task.title === task.workflow.name ? step : `${task.workflow.name} · ${step}`;
}

function Claim({ task }: { task: TaskRow }) {
  const client = useQueryClient();
  const claim = useAct('tasks.claim', {
    onSuccess: (run) => {
      applyRun(client, run);
      say(`${task.number ?? task.title} is yours now.`);
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'tasks.list');
    },
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={claim.isPending}
      onClick={() => claim.mutate({ task_id: task.id })}
      aria-label={`Claim ${task.number ?? task.title}`}
    >
      Claim
    </Button>
  );
}

function Nothing({ view, query }: { view: TaskView; query: string | undefined }) {
  if (query) {
    return (
      <Empty icon={<IconSearch size={20} stroke={1.7} />} title={`Nothing matches “${query}”`}>
        The search looks at titles, numbers and requesters.
      </Empty>
    );
  }
  if (view === 'claimable') {
    return (
      <Empty icon={<IconHandGrab size={20} stroke={1.7} />} title="Nothing to claim">
        Tasks that are offered to several people and that you may take appear here.
      </Empty>
    );
  }
  return (
    <Empty
      icon={<IconCheck size={20} stroke={1.9} />}
      title="Nothing waits for you"
      action={
        <LinkButton variant="default" to="/">
          Start a request
        </LinkButton>
      }
    >
      When somebody needs your decision, it appears here.
    </Empty>
  );
}
