import type { Run } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { WithdrawHelp } from './withdraw-help';

/** The reader's own task waits for somebody who is asked first. */
export function Waiting({ run }: { run: Run }) {
  const own = run.later.find((task) => task.mine);
  if (!own?.after) return null;
  const first = run.tasks.find((task) => task.assignee?.id === own.after?.id && task.step_id === own.step_id);
  const { name } = own.after;
  const words: Record<string, string> = {
    consult: `You wait for the answer of ${name}`,
    prepare: `${name} prepares it, then you decide`,
  };
  return (
    <Banner
      title={words[first?.kind ?? ''] ?? `Your turn comes after ${name}`}
      action={first?.remove && <WithdrawHelp task={first} />}
    />
  );
}
