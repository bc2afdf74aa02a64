import { useInfiniteQuery } from '@tanstack/react-query';
import { readPages, rowsOf } from '@/api/query';
import type { Run } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { LinkButton } from '@/ui/link-button';
import { justActed } from './recent-act';

/** After a decision: what waits next, so that nobody has to go back to look. */
export function AfterAct({ run }: { run: Run }) {
  if (!justActed(run.id) || run.task?.can.complete) return null;
  return <Next run={run} />;
}

function Next({ run }: { run: Run }) {
  const inbox = useInfiniteQuery(readPages('tasks.list', { filter: { view: 'mine' }, limit: 50 }));
  const next = rowsOf<'tasks.list'>(inbox.data)?.find((task) => task.run_id !== run.id);
  if (!inbox.data) return null;
  if (!next) return <Banner tone="green">Nothing else waits for you.</Banner>;
  return (
    <Banner
      action={
        <LinkButton size="compact-sm" variant="default" to="/runs/$run" params={{ run: next.number || next.run_id }}>
          Open {next.number || 'it'}
        </LinkButton>
      }
    >
      Next in your inbox: {next.title}
    </Banner>
  );
}
