import type { OpenTask } from '@/api/types';

/** Tasks that belong together: those of one step that ask the same of several people. */
export type Holding = { key: string; step: string; kind: string; tasks: OpenTask[] };

/** By step and by what is asked, in the order they came. */
export function holdingsOf(tasks: OpenTask[]): Holding[] {
  const found = new Map<string, Holding>();
  for (const task of tasks) {
    const key = `${task.step_id} ${task.kind}`;
    const holding = found.get(key) ?? { key, step: task.step_name, kind: task.kind, tasks: [] };
    holding.tasks.push(task);
    found.set(key, holding);
  }
  return [...found.values()];
}

const doing: Record<string, (step: string) => string> = {
  fix: () => 'to correct it',
  consult: (step) => `an opinion for ${step}`,
  prepare: (step) => `prepares ${step}`,
};

/** What they do there. */
export const aboutHolding = ({ kind, step }: Pick<Holding, 'kind' | 'step'>): string => doing[kind]?.(step) ?? step;
