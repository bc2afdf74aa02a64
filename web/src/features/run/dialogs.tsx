import { Radio } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyRun } from '@/api/effects';
import type { ApiError } from '@/api/errors';
import { outdate, useAct } from '@/api/query';
import type { Choice, Run, SendBackTarget, Task, TransitionView } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { changedValues, type FormHandle } from '@/components/form-renderer';
import { say } from '@/ui/toast';
import { placeOf, placesOf, resultOf, shortLabel, transitionLabel } from './labels';
import { noteAct } from './recent-act';
import { useOvertaken } from './steady';

/** What every act does with its answer and with a refusal. */
function useOutcome(onClose: () => void) {
  const client = useQueryClient();
  const onSuccess = (run: Run) => {
    noteAct(run.id);
    applyRun(client, run);
    say(resultOf(run));
    onClose();
    // What became of it stands at the top.
    scrollTo({ top: 0 });
  };
  const onError = (error: ApiError) => {
    // Somebody was faster: the dialog then says who, and keeps what was written.
    if (error.code === 'conflict' || error.code === 'not_found')
      void outdate(client, 'runs.get', 'runs.history', 'tasks.list', 'me.get');
  };
  return { onSuccess, onError };
}

/** Whether the task is still the reader's, as it was when the question was asked. */
const stillHis = (task: Task) => (latest: Run) =>
  latest.task?.id === task.id && latest.task.can.complete === task.can.complete;

type DialogProps = { run: Run; task: Task; onClose: () => void };
type CompleteProps = DialogProps & { transition: TransitionView; handle: FormHandle };

/** Decides the task by one of its transitions. */
export function CompleteDialog({ run, task, transition, handle, onClose }: CompleteProps) {
  const { onSuccess, onError } = useOutcome(onClose);
  const complete = useAct('tasks.complete', {
    onSuccess,
    onError: (error) => {
      const about = error.fields.filter((f) => run.form.fields.some((field) => f.field.split('.')[0] === field.name));
      if (about.length > 0) {
        handle.refuse(about);
        onClose();
      } else onError(error);
    },
  });
  const overtaken = useOvertaken({
    run,
    still: stillHis(task),
    step: task.step_id,
    pending: complete.isPending,
    onClose,
  });
  const rejects = transition.kind === 'reject';
  const values = rejects ? {} : changedValues(run.form, run.values, handle.settled);
  return (
    <ActDialog
      title={transitionLabel(transition)}
      intro={intro(run, Object.keys(values).length)}
      submit={shortLabel(transition)}
      tone={rejects ? 'red' : 'accent'}
      comment={transition.comment}
      choose={{
        choices: transition.choices,
        source: (choice) => ({ task_id: task.id, transition: transition.id, step_id: choice.step_id }),
        values: Object.keys(values).length > 0 ? values : undefined,
      }}
      pending={complete.isPending}
      error={complete.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment, assignees }) =>
        complete.mutate({
          task_id: task.id,
          transition: transition.id,
          comment,
          assignees,
          values: Object.keys(values).length > 0 ? values : undefined,
        })
      }
    />
  );
}

function intro(run: Run, changes: number): string {
  const what = [run.number, run.title].filter(Boolean).join(' · ');
  if (changes === 0) return what;
  return `${what}. ${changes === 1 ? 'One field you changed is' : `${changes} fields you changed are`} sent along.`;
}

/** Returns the request to an earlier step, with what has to be corrected. */
export function SendBackDialog({ run, task, onClose }: DialogProps) {
  const { onSuccess, onError } = useOutcome(onClose);
  const back = useAct('tasks.send_back', { onSuccess, onError });
  const overtaken = useOvertaken({ run, still: stillHis(task), step: task.step_id, pending: back.isPending, onClose });
  const targets = placesOf(task.send_back);
  const [to, setTo] = useState<SendBackTarget | undefined>(targets[0]);
  if (!to) return null;
  return (
    <ActDialog
      title={to.name || 'Send back'}
      intro={targets.length === 1 ? `It goes back to ${placeOf(to)}.` : undefined}
      submit={to.name || 'Send back'}
      comment={to.comment}
      commentLabel="What has to be corrected"
      pending={back.isPending}
      error={back.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment }) => back.mutate({ task_id: task.id, to: to.to, comment })}
    >
      {targets.length > 1 && (
        <Radio.Group
          label="Where to"
          value={to.to}
          onChange={(value) => setTo(targets.find((target) => target.to === value))}
        >
          {targets.map((target) => (
            <Radio key={target.to} value={target.to} label={placeOf(target)} mt={8} />
          ))}
        </Radio.Group>
      )}
    </ActDialog>
  );
}

/** Hands the task to a colleague in the same step. */
export function ReassignDialog({ run, task, onClose }: DialogProps) {
  const { onSuccess, onError } = useOutcome(onClose);
  const reassign = useAct('tasks.reassign', { onSuccess, onError });
  const overtaken = useOvertaken({
    run,
    still: stillHis(task),
    step: task.step_id,
    pending: reassign.isPending,
    onClose,
  });
  const choice: Choice = { step_id: 'assignee', step_name: task.step_name, many: false, candidates: [], more: true };
  return (
    <ActDialog
      title="Reassign"
      submit="Reassign"
      comment="optional"
      choose={{
        choices: [choice],
        label: () => `Assign ${task.step_name} to`,
        source: () => ({ task_id: task.id }),
      }}
      pending={reassign.isPending}
      error={reassign.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment, assignees }) => {
        const assignee = assignees?.assignee?.[0];
        if (assignee) reassign.mutate({ task_id: task.id, assignee_id: assignee, comment });
      }}
    />
  );
}
