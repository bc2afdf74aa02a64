import type { StepMeasure } from '@/api/types';
import type { FlowMark } from '@/components/flow-graph';

/** How many requests wait at each step, the fullest the hottest. Steps where none waits are left out. */
export function waitingMarks(steps: StepMeasure[] | undefined): Record<string, FlowMark> {
  const most = Math.max(0, ...(steps ?? []).map((step) => step.waiting));
  const full = (steps ?? []).filter((step) => step.waiting > 0);
  return Object.fromEntries(
    full.map(({ step_id, waiting }) => [step_id, { count: waiting, noun: 'waiting', heat: waiting / most }]),
  );
}
