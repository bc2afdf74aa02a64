import type { DocumentStep } from '@/api/types';
import { type Labels, stepName, whoDecides } from '../definition-words';
import type { FlowStep, FlowTransition } from './flow';

export type Flow = { steps: FlowStep[]; transitions: FlowTransition[] };

/** The graph of a definition. A start that names no transition leads to the step listed next. */
export function flowOf(steps: DocumentStep[], labels?: Labels): Flow {
  const names = (id: string | undefined) => {
    const step = steps.find((s) => s.id === id);
    return step ? stepName(step) : (id ?? '');
  };
  const transitions = steps.flatMap((step, i): FlowTransition[] => {
    const next = steps[i + 1];
    if (step.type === 'start' && !step.transitions?.length) return next ? [{ from: step.id, to: next.id }] : [];
    return (step.transitions ?? []).map(({ id, to, name }) => ({ id, from: step.id, to, name }));
  });
  const about = (step: DocumentStep) => {
    if (step.type === 'task') {
      const decides = whoDecides(step, names, labels);
      return decides?.groups?.map((group) => group.name).join(' and ') ?? decides?.who;
    }
    if (step.starts) return `Starts ${step.starts.workflow}`;
    // To reject is built into every step where people decide; it needs no arrow.
    const drawn = transitions.some((transition) => transition.to === step.id);
    return step.type === 'end' && !drawn ? 'When somebody rejects' : undefined;
  };
  return {
    steps: steps.map((step) => ({ id: step.id, name: stepName(step), type: step.type, about: about(step) })),
    transitions,
  };
}
