import type { Run, SendBackTarget, TransitionView } from '@/api/types';

/**
 * What the button of a transition says. A transition is named after the step it leads to unless its
 * author said otherwise; the kind then says what pressing it means.
 */
export function transitionLabel(t: TransitionView): string {
  if (t.name !== t.to_step_name) return t.name;
  if (t.kind === 'approve') return `Approve, then ${t.name}`;
  if (t.kind === 'reject') return t.name;
  return `Send to ${t.name}`;
}

/** The short form for a dialog's button. */
export function shortLabel(t: TransitionView): string {
  if (t.name !== t.to_step_name) return t.name;
  return t.kind === 'approve' ? 'Approve' : t.kind === 'reject' ? t.name : 'Send';
}

/** What became of the run after an act, for the one who acted. */
export function resultOf(run: Run): string {
  const number = run.number || run.title;
  if (run.status === 'completed')
    return `${number} is ${(run.outcome_name || run.outcome || 'completed').toLowerCase()}.`;
  if (run.status === 'cancelled') return `${number} is cancelled.`;
  const holder = run.tasks.find((task) => task.assignee)?.assignee;
  if (holder) return `${number} is with ${holder.name} now.`;
  const offered = run.tasks[0];
  return offered ? `${number} waits for somebody to take ${offered.step_name}.` : `${number} went on.`;
}

/** Where a request can go back to, each place once: the step before often is the requester. */
export function placesOf(targets: SendBackTarget[]): SendBackTarget[] {
  const requester = targets.find((target) => target.to === 'initiator');
  return targets.filter((target) => target === requester || target.step_name !== requester?.step_name);
}

export function placeOf(target: SendBackTarget): string {
  if (target.to === 'initiator') return 'the requester';
  if (target.to === 'previous') return `the step before (${target.step_name})`;
  return target.step_name ?? target.to;
}
