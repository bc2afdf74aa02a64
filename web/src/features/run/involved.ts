import type { HistoryItem, Person, Run } from '@/api/types';

/** Somebody with a part in the request, and which. */
export type Part = { person: Person; parts: string[]; open: boolean };

/** Everybody with a part: the requester first, then who has it, then who had it, in the order they came. */
export function involvedIn(run: Run, history: HistoryItem[]): Part[] {
  const parts = new Map<string, Part>();
  const add = (person: Person | undefined, part: string, open = false) => {
    if (!person) return;
    const known = parts.get(person.id) ?? { person, parts: [], open };
    if (!known.parts.includes(part)) known.parts.push(part);
    known.open ||= open;
    parts.set(person.id, known);
  };
  add(run.initiator, 'Requester');
  for (const task of run.tasks) add(task.assignee, `${task.step_name}, now`, true);
  for (const visit of run.path) {
    for (const person of visit.decided_by ?? []) add(person, visit.name);
  }
  for (const item of history) {
    if (item.type === 'task.reassigned') add(item.former, `${item.step_name ?? 'The task'}, handed on`);
    if (item.type === 'task.released') add(item.actor, `${item.step_name ?? 'The task'}, given back`);
    if (item.type === 'comment.added') add(item.actor, 'Commented');
    if (item.on_behalf_of) add(item.on_behalf_of, 'Represented');
  }
  return [...parts.values()];
}
