import type { In, Run } from '@/api/types';
import { settle } from '@/components/form-renderer/settle';

/**
 * The approval that asks for nothing: one that needs no reason, no field and no choice, or the only
 * person who can be chosen. Undefined where something is to be asked first.
 */
export function plainApproval(run: Run): In<'tasks.complete'> | undefined {
  const { task } = run;
  const way = task?.can.complete ? task.transitions.find((t) => t.kind === 'approve') : undefined;
  if (!task || !way || way.comment === 'required') return undefined;
  if (Object.keys(settle(run.form, run.values, run.rule_context).errors).length > 0) return undefined;
  const assignees: Record<string, string[]> = {};
  for (const { step_id, candidates, more } of way.choices) {
    const [only, ...others] = candidates;
    if (!only || others.length > 0 || more) return undefined;
    assignees[step_id] = [only.id];
  }
  return { task_id: task.id, transition: way.id, ...(way.choices.length > 0 && { assignees }) };
}
