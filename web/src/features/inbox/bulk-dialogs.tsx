import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyDecided } from '@/api/effects';
import { asApiError } from '@/api/errors';
import type { TaskRow } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { ResultList } from '@/components/result-list';
import { undoable } from '@/components/undo';
import { say } from '@/ui/toast';
import { type Decision, decideMany, type Result, summary } from './decide-many';

type DecideProps = {
  tasks: TaskRow[];
  decision: Decision;
  onClose: () => void;
  onDone: (skipped: Result[]) => void;
};

/** Asks once for the comment and decides each task by itself. */
export function Decide({ tasks, decision, onClose, onDone }: DecideProps) {
  const client = useQueryClient();
  const approves = decision === 'approve';
  const [done, setDone] = useState(0);
  const decide = useMutation({
    mutationFn: (comment: string | undefined) => decideMany(tasks, decision, comment, setDone),
    onSuccess: (results) => {
      applyDecided(client, new Set(results.filter((r) => r.done).map((r) => r.task.id)));
      const left = results.filter((r) => !r.done);
      const words = summary(results, decision);
      const open = results
        .filter((r) => r.undo)
        .map(({ task }) => ({ id: task.id, ref: refOf(task), title: task.title }));
      if (open.length > 0) undoable(open, words);
      else say(words, left.length === results.length ? 'red' : 'green');
      onClose();
      onDone(left);
    },
    onError: () => applyDecided(client, new Set()),
  });
  const many = tasks.length === 1 ? 'one task' : `${tasks.length} tasks`;
  const what = `${approves ? 'Approve' : 'Reject'} ${many}`;
  return (
    <ActDialog
      title={what}
      intro={
        decide.isPending && tasks.length > 100
          ? `${done} of ${tasks.length} are through.`
          : 'Each is decided by itself. Those that need a field or a choice are skipped and stay in your inbox.'
      }
      submit={what}
      tone={approves ? 'accent' : 'red'}
      comment={approves ? 'optional' : 'required'}
      pending={decide.isPending}
      error={decide.error && asApiError(decide.error)}
      onClose={onClose}
      onSubmit={({ comment }) => decide.mutate(comment)}
    />
  );
}

/** Those of several that could not be decided, with the reason of each. */
export function Skipped({ results, onClose }: { results: Result[]; onClose: () => void }) {
  return (
    <ResultList
      title={results.length === 1 ? 'One was skipped' : `${results.length} were skipped`}
      lead="Nothing about them has changed. They are still in your inbox."
      rows={results.map(({ task, reason }) => ({ key: task.id, run: refOf(task), title: task.title, reason }))}
      onClose={onClose}
    />
  );
}

const refOf = (task: TaskRow) => task.number || task.run_id;
