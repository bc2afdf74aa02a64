import { useAct } from '@/api/query';
import type { Choice, Run, Task, TransitionView } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { changedValues, type FormHandle } from '@/components/form-renderer';
import { resultOf, shortLabel, transitionLabel } from './labels';
import { stillHis, type TaskDialogProps, useOutcome } from './outcome';
import { useOvertaken } from './steady';
import { askedAgain } from './task-words';

type CompleteProps = TaskDialogProps & { transition: TransitionView; handle: FormHandle };

/** Decides the task by one of its transitions. */
export function CompleteDialog({ run, task, transition, handle, onClose }: CompleteProps) {
  const words = wordsOf(task);
  const { onSuccess, onError } = useOutcome(task, onClose, words.done);
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
      title={words.title ?? transitionLabel(transition, run.steps)}
      intro={intro(run, task, Object.keys(values), transition)}
      submit={words.submit ?? shortLabel(transition, run.steps)}
      tone={rejects ? 'red' : 'accent'}
      comment={transition.comment}
      commentLabel={words.comment}
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
          revision: run.revision,
        })
      }
    />
  );
}

/** A task that decides nothing is answered; what it is called then. */
function wordsOf(task: Task) {
  if (task.kind === 'consult')
    return { title: 'Answer', submit: 'Send the answer', comment: 'Your answer', done: told };
  if (task.kind === 'prepare')
    return { title: 'Prepared', submit: 'Hand it back', comment: 'What the next one should know', done: told };
  return { done: resultOf };
}
const told = (run: Run) => `${run.number || run.title}: your answer is sent.`;

function intro(run: Run, task: Task, changed: string[], { waits }: TransitionView): string {
  const what = [run.number, run.title].filter(Boolean).join(' · ');
  const parts = [what];
  const changes = changed.length;
  if (changes > 0)
    parts.push(`${changes === 1 ? 'One field you changed is' : `${changes} fields you changed are`} sent along`);
  const again = askedAgain(task, changed);
  if (again) parts.push(again);
  if (waits) parts.push('Others decide, too: it goes on when enough of them have');
  return parts.length > 1 ? `${parts.join('. ')}.` : what;
}

/** Hands the task to a colleague in the same step. */
export function ReassignDialog({ run, task, onClose }: TaskDialogProps) {
  const { onSuccess, onError } = useOutcome(task, onClose);
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
