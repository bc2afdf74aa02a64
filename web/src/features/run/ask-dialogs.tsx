import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '@/api/query';
import type { Choice, In, Run, Task } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { stillHis, type TaskDialogProps, useOutcome } from './outcome';
import { useOvertaken } from './steady';

/** A person whom nothing but separation of duties keeps from it: anybody of the organization. */
const anybody = (task: Task): Choice => ({
  step_id: 'assignee',
  step_name: task.step_name,
  many: false,
  candidates: [],
  more: true,
});

const asking = (task: Task, label: string, purpose: In<'tasks.candidates'>['for']) => ({
  choices: [anybody(task)],
  label: () => label,
  source: () => ({ task_id: task.id, for: purpose }),
});

/** The name of who was asked, from the run as it is now. */
const nameOf = (run: Run, id: string | undefined): string =>
  [...run.tasks, ...run.later].find((other) => other.assignee?.id === id)?.assignee?.name ?? 'Your colleague';

/** Asks somebody a question. The decision stays where it is. */
export function ConsultDialog({ run, task, onClose }: TaskDialogProps) {
  const [wait, setWait] = useState(false);
  const [to, setTo] = useState<string>();
  const { onSuccess, onError } = useOutcome(task, onClose, (after) => `${nameOf(after, to)} is asked.`);
  const consult = useAct('tasks.consult', { onSuccess, onError });
  const overtaken = useOvertaken({
    run,
    still: stillHis(task),
    step: task.step_id,
    pending: consult.isPending,
    onClose,
  });
  return (
    <ActDialog
      title="Ask for an opinion"
      intro="The decision stays with you, and no new round begins."
      submit="Ask"
      comment="required"
      commentLabel="Your question"
      choose={asking(task, 'Whom', 'consult')}
      pending={consult.isPending}
      error={consult.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment = '', assignees }) => {
        const assignee = assignees?.assignee?.[0];
        setTo(assignee);
        if (assignee) consult.mutate({ task_id: task.id, assignee_id: assignee, comment, wait: wait || undefined });
      }}
    >
      <Checkbox
        label="I wait for the answer"
        description={
          wait
            ? 'The task leaves your inbox until then. You can withdraw the question.'
            : 'You can decide before the answer is there.'
        }
        checked={wait}
        onChange={(event) => setWait(event.currentTarget.checked)}
      />
    </ActDialog>
  );
}

type Where = In<'tasks.add_approver'>['where'];

/** Asks one more person, whose voice the step then needs. */
export function AddApproverDialog({ run, task, onClose }: TaskDialogProps) {
  const [where, setWhere] = useState<Where>('beside');
  const [to, setTo] = useState<string>();
  const { onSuccess, onError } = useOutcome(task, onClose, (after) => `${nameOf(after, to)} is asked, too.`);
  const add = useAct('tasks.add_approver', { onSuccess, onError });
  const overtaken = useOvertaken({ run, still: stillHis(task), step: task.step_id, pending: add.isPending, onClose });
  return (
    <ActDialog
      title="Ask one more approver"
      intro={`${task.step_name} needs this person\u2019s approval, too. A rejection rejects the request.`}
      submit="Ask"
      comment="optional"
      commentLabel="What for"
      choose={asking(task, 'Whom', 'add_approver')}
      pending={add.isPending}
      error={add.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment, assignees }) => {
        const assignee = assignees?.assignee?.[0];
        setTo(assignee);
        if (assignee) add.mutate({ task_id: task.id, assignee_id: assignee, where, comment });
      }}
    >
      <Radio.Group label="When" value={where} onChange={(value) => setWhere(value as Where)}>
        <Radio value="before" label="before me" mt={8} />
        <Radio value="beside" label="at the same time" mt={8} />
        <Radio value="after" label="after me" mt={8} />
      </Radio.Group>
    </ActDialog>
  );
}

type Mode = In<'tasks.delegate'>['mode'];

/** Gives a colleague the decision, or only the work before it. */
export function DelegateDialog({ run, task, onClose }: TaskDialogProps) {
  const [mode, setMode] = useState<Mode>('decide');
  const [to, setTo] = useState<string>();
  const done = (after: Run) =>
    mode === 'decide' ? `${nameOf(after, to)} decides in your place.` : `${nameOf(after, to)} prepares it.`;
  const { onSuccess, onError } = useOutcome(task, onClose, done);
  const delegate = useAct('tasks.delegate', { onSuccess, onError });
  const overtaken = useOvertaken({
    run,
    still: stillHis(task),
    step: task.step_id,
    pending: delegate.isPending,
    onClose,
  });
  return (
    <ActDialog
      title="Delegate"
      submit="Delegate"
      comment="optional"
      choose={asking(task, 'To whom', mode === 'decide' ? 'delegate' : 'consult')}
      pending={delegate.isPending}
      error={delegate.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment, assignees }) => {
        const assignee = assignees?.assignee?.[0];
        setTo(assignee);
        if (assignee) delegate.mutate({ task_id: task.id, assignee_id: assignee, mode, comment });
      }}
    >
      <Radio.Group label="What" value={mode} onChange={(value) => setMode(value as Mode)}>
        <Radio value="decide" label="to decide it in my place" mt={8} />
        <Radio value="prepare" label="to prepare it; I decide" mt={8} />
      </Radio.Group>
    </ActDialog>
  );
}
