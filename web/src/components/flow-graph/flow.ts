/** A step as the graph draws it: a definition's or a run's, as long as it has an id, a name and a type. */
export type FlowStep = {
  id: string;
  name: string;
  /** Of the definition: start, task, condition, fork, join, delay, end … */
  type: string;
  /** A second line: who decides, or who decided. */
  about?: string;
};

/** An arrow from step to step. */
export type FlowTransition = {
  /** Unique among the arrows of its step; the step it leads to when left out. */
  id?: string;
  from: string;
  to: string;
  /** Shown beside the arrow unless it only repeats the name of the step it leads to. */
  name?: string;
  /** A run went this way. */
  been?: boolean;
};

/** How a run stands to a step: it was there, it is there, it may come there, it cannot any more, it stopped there. */
export type FlowState = 'been' | 'here' | 'may' | 'past' | 'stopped';

/** What is known of one step besides its definition. */
export type FlowMark = {
  state?: FlowState;
  /** How it differs from another version. */
  change?: 'added' | 'removed' | 'changed';
  /** A number in the corner with the word for it, as in { count: 4, noun: 'waiting' }. */
  count?: number;
  noun?: string;
  /** From 0 to 1: how much waits here, compared with the fullest step. */
  heat?: number;
};

export const changeWords = { added: 'is new', removed: 'is removed', changed: 'is changed' };

export const stateWords: Record<FlowState, string> = {
  been: 'was here',
  here: 'is here',
  may: 'may follow',
  past: 'will not come here',
  stopped: 'stopped here',
};

/** The word beside an arrow; none where it would only repeat the step's name. */
export function labelOf(transition: FlowTransition, steps: FlowStep[]): string {
  const name = transition.name?.trim() ?? '';
  const to = steps.find((step) => step.id === transition.to);
  return name.toLowerCase() === to?.name.toLowerCase() ? '' : name;
}
