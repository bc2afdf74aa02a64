import type { Run, SendBackTarget, TransitionView } from '@/api/types';
import { listed } from '@/components/run-timeline';

type Steps = Pick<Run['steps'][number], 'name'>[];

/** What a transition is called where its author named it, nothing where it bears the name of its step. */
const ownName = (t: TransitionView, steps: Steps): string | undefined => {
  const named = t.waits ? steps.every((step) => step.name !== t.name) : t.name !== t.to_step_name;
  return named ? t.name : undefined;
};

/**
 * What the button of a transition says. A transition is named after the step it leads to unless its
 * author said otherwise; the kind then says what pressing it means. Where others have to be heard
 * first, it says so instead of what comes next.
 */
export function transitionLabel(t: TransitionView, steps: Steps): string {
  if (t.waits) return `${shortLabel(t, steps)}, with others`;
  const name = ownName(t, steps);
  if (name || t.kind === 'reject') return t.name;
  return t.kind === 'approve' ? `Approve, then ${t.name}` : `Send to ${t.name}`;
}

/** The short form for a dialog's button. */
export function shortLabel(t: TransitionView, steps: Steps): string {
  const name = ownName(t, steps);
  if (name || t.kind === 'reject') return t.name;
  return t.kind === 'approve' ? 'Approve' : 'Send';
}

/** What became of the run after an act, for the one who acted. */
export function resultOf(run: Run): string {
  const number = run.number || run.title;
  if (run.status === 'completed')
    return `${number} is ${(run.outcome_name || run.outcome || 'completed').toLowerCase()}.`;
  if (run.status === 'cancelled') return `${number} is ${run.reason === 'withdrawn' ? 'withdrawn' : 'cancelled'}.`;
  const names = [...new Set(run.tasks.flatMap((task) => task.assignee?.name ?? []))];
  if (names.length > 0) return `${number} is with ${fewOf(names)} now.`;
  const offered = run.tasks[0];
  return offered ? `${number} waits for somebody to take ${offered.step_name}.` : `${number} went on.`;
}

/** "a, b and c"; of many the first two and how many more. */
export function fewOf(names: string[]): string {
  return listed(names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names);
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
