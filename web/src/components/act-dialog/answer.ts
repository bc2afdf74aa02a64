import type { Assignees, Candidate, Choice } from '@/api/types';

/** What was entered in the dialog so far. */
export type Answer = { text: string; chosen: Record<string, Candidate | undefined> };

/** Where only one person can be chosen, that person is. */
export function onlyCandidate(choices: Choice[]): Record<string, Candidate | undefined> {
  return Object.fromEntries(
    choices.map((choice) => [
      choice.step_id,
      choice.candidates.length === 1 && !choice.more ? choice.candidates[0] : undefined,
    ]),
  );
}

/** What is still missing: the ids of steps without a person, and "comment". */
export function missingOf(choices: Choice[], comment: 'required' | 'optional' | 'none', answer: Answer): Set<string> {
  const missing = new Set(choices.map((choice) => choice.step_id).filter((step) => !answer.chosen[step]));
  if (comment === 'required' && answer.text.trim() === '') missing.add('comment');
  return missing;
}

/** The chosen people as the API takes them; nothing when nobody had to be chosen. */
export function assigneesOf(choices: Choice[], answer: Answer): Assignees | undefined {
  if (choices.length === 0) return undefined;
  return Object.fromEntries(
    choices.flatMap((choice) => {
      const person = answer.chosen[choice.step_id];
      return person ? [[choice.step_id, [person.id]]] : [];
    }),
  );
}
