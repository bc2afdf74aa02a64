import { useInfiniteQuery } from '@tanstack/react-query';
import { readPages, rowsOf } from '@/api/query';
import type { Run } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { LinkButton } from '@/ui/link-button';
import { resultOf } from './labels';
import { justActed } from './recent-act';

/** After a decision: what became of it, and the next task. */
export function AfterAct({ run }: { run: Run }) {
  if (!justActed(run.id) || run.task?.can.complete) return null;
  return <Next run={run} />;
}

function Next({ run }: { run: Run }) {
  const inbox = useInfiniteQuery(readPages('tasks.list', { filter: { view: 'mine' }, limit: 50 }));
  const next = rowsOf<'tasks.list'>(inbox.data)?.find((task) => task.run_id !== run.id);
  return (
    <Banner
      tone="green"
      action={
        next && (
          <LinkButton size="compact-sm" variant="default" to="/runs/$run" params={{ run: next.number || next.run_id }}>
            Next: {next.number || next.title}
          </LinkButton>
        )
      }
    >
      {resultOf(run)} {inbox.data && !next && 'Nothing else waits for you.'}
    </Banner>
  );
}
