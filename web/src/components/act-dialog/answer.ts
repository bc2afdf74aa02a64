import type { Assignees, Candidate, Choice } from '@/api/types';

/** Whom the actor chose, by step; several where a step takes several. */
export type Chosen = Record<string, Candidate[]>;

/** What was entered in the dialog so far. */
export type Answer = { text: string; chosen: Chosen };

/** Where only one person can be chosen, that person is. */
export function onlyCandidate(choices: Choice[]): Chosen {
  return Object.fromEntries(
    choices.map((choice) => [choice.step_id, choice.candidates.length === 1 && !choice.more ? choice.candidates : []]),
  );
}

/** What is still missing: the ids of steps without a person, and "comment". */
export function missingOf(choices: Choice[], comment: 'required' | 'optional' | 'none', answer: Answer): Set<string> {
  const missing = new Set(choices.map((choice) => choice.step_id).filter((step) => !answer.chosen[step]?.length));
  if (comment === 'required' && answer.text.trim() === '') missing.add('comment');
  return missing;
}

/** The chosen people as the API takes them; nothing when nobody had to be chosen. */
export function assigneesOf(choices: Choice[], answer: Answer): Assignees | undefined {
  if (choices.length === 0) return undefined;
  return Object.fromEntries(
    choices.flatMap(({ step_id }) => {
      const people = answer.chosen[step_id] ?? [];
      return people.length > 0 ? [[step_id, people.map((person) => person.id)]] : [];
    }),
  );
}
