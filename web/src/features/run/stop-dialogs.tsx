import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { OpenTask, Run } from '@/api/types';
import { ActDialog, type ActDialogProps } from '@/components/act-dialog';
import { say } from '@/ui/toast';
import { useOutcome } from './outcome';
import { useOvertaken } from './steady';

export type StopDialogProps = { run: Run; onClose: () => void };
type Verb = 'runs.cancel' | 'runs.recall' | 'runs.withdraw' | 'runs.hold' | 'runs.resume';

type StopProps = StopDialogProps &
  Pick<ActDialogProps, 'title' | 'intro' | 'submit' | 'comment'> & {
    tone?: ActDialogProps['tone'];
    verb: Verb;
    done: string;
    /** Whether it can still be done. */
    still: (latest: Run) => boolean;
  };

/** An act upon the request as a whole, with its reason. */
function Stop({ run, onClose, verb, done, still, ...asked }: StopProps) {
  const client = useQueryClient();
  const number = run.number || run.title;
  const act = useAct(verb, {
    onSuccess: (after) => {
      applyRun(client, after);
      say(`${number} ${done}`);
      onClose();
    },
    onError: () => void outdate(client, 'runs.get', 'runs.history'),
  });
  const overtaken = useOvertaken({ run, still, pending: act.isPending, onClose });
  return (
    <ActDialog
      {...asked}
      pending={act.isPending}
      error={act.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment = '' }) => act.mutate({ run_id: run.id, comment })}
    />
  );
}

export function CancelDialog(props: StopDialogProps) {
  return (
    <Stop
      {...props}
      verb="runs.cancel"
      title="Cancel the request"
      intro="It ends without an outcome; open tasks vanish. This cannot be taken back."
      submit="Cancel the request"
      tone="red"
      comment="required"
      done="is cancelled."
      still={(latest) => latest.can.cancel}
    />
  );
}

export function RecallDialog(props: StopDialogProps) {
  return (
    <Stop
      {...props}
      verb="runs.recall"
      title="Recall"
      intro="It comes back to you, to be changed and sent again. Nobody has acted on it yet."
      submit="Recall"
      comment="optional"
      done="is back with you."
      still={(latest) => latest.can.recall}
    />
  );
}

/** Nobody has acted on it since it was sent: it can still be recalled, or is with the requester. */
const untouched = (run: Run) => run.can.recall || run.tasks.some((task) => task.kind === 'fix');

export function WithdrawDialog(props: StopDialogProps) {
  return (
    <Stop
      {...props}
      verb="runs.withdraw"
      title="Withdraw"
      intro="The request ends; open tasks vanish. You can start it again with what it says."
      submit="Withdraw"
      tone="red"
      comment={untouched(props.run) ? 'optional' : 'required'}
      done="is withdrawn."
      still={(latest) => latest.can.withdraw}
    />
  );
}

export function HoldDialog(props: StopDialogProps) {
  return (
    <Stop
      {...props}
      verb="runs.hold"
      title="Put on hold"
      intro="Nobody can act on it until it is resumed. Who has a part in it reads the reason."
      submit="Put on hold"
      comment="required"
      done="is on hold."
      still={(latest) => latest.can.hold}
    />
  );
}

export function ResumeDialog(props: StopDialogProps) {
  return (
    <Stop
      {...props}
      verb="runs.resume"
      title="Resume"
      intro="It goes on where it stopped."
      submit="Resume"
      comment="optional"
      done="goes on."
      still={(latest) => latest.can.resume}
    />
  );
}

/** Decides in a colleague's place. */
export function TakeOverDialog({ run, task, onClose }: StopDialogProps & { task: OpenTask }) {
  const whom = task.assignee?.name ?? 'a colleague';
  const { onSuccess, onError } = useOutcome(task, onClose, () => 'It is yours now.');
  const take = useAct('tasks.take_over', { onSuccess, onError });
  const overtaken = useOvertaken({
    run,
    still: (latest) => latest.tasks.some((other) => other.id === task.id && other.take_over),
    step: task.step_id,
    pending: take.isPending,
    onClose,
  });
  return (
    <ActDialog
      title={`Take over from ${whom}`}
      intro={`You then decide ${task.step_name} for ${task.on_behalf_of?.name ?? whom}; the history says so.`}
      submit="Take over"
      comment="required"
      pending={take.isPending}
      error={take.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment = '' }) => take.mutate({ task_id: task.id, comment })}
    />
  );
}
