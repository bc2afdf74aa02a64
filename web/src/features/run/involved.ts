import type { HistoryItem, OpenTask, Person, Run } from '@/api/types';

/** Somebody with a part in the request, and which. */
export type Part = { person: Person; parts: string[]; open: boolean };

const doing: Record<string, string> = { consult: 'asked for an opinion', prepare: 'prepares it', fix: 'corrects it' };

const partOf = (task: OpenTask) => `${task.step_name}, ${doing[task.kind] ?? 'now'}`;

const helped: Record<string, string> = { consult: 'gave an opinion', prepare: 'prepared it' };

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
  for (const task of run.tasks) {
    add(task.assignee, partOf(task), true);
    add(task.on_behalf_of, 'Represented');
  }
  for (const task of run.later) add(task.assignee, `${task.step_name}, later`);
  for (const visit of run.path) {
    for (const person of visit.decided_by ?? []) add(person, visit.name);
  }
  for (const vote of run.votes) {
    for (const voice of vote.voices) if (voice.status === 'completed') add(voice.person, vote.step_name);
  }
  for (const { person, added_by: by } of run.stakeholders) add(person, `Added by ${by.name}`);
  for (const item of history) {
    for (const [person, part] of pastParts(item)) add(person, part);
  }
  for (const person of run.watchers) if (parts.has(person.id)) add(person, 'watches it');
  return [...parts.values()];
}

/** Who watches the request and has no part in it. */
export const onlyWatching = (run: Run, involved: Part[]): Person[] =>
  run.watchers.filter((person) => !involved.some((part) => part.person.id === person.id));

/** What a line of the history says of people that no step says any more. */
function pastParts(item: HistoryItem): [Person | undefined, string][] {
  const step = item.step_name ?? 'The task';
  const represented: [Person | undefined, string] = [item.on_behalf_of, 'Represented'];
  switch (item.type) {
    // Another request is started in a requester's name: nobody decides for anybody.
    case 'run.started':
    case 'sub.requested':
      return [];
    case 'task.reassigned':
      return [[item.former, `${step}, handed on`]];
    case 'task.released':
      return [[item.actor, `${step}, given back`]];
    case 'comment.added':
      return [[item.actor, 'Commented']];
    case 'task.completed':
      if (item.kind !== 'answer') return [represented];
      return [[item.actor, `${step}, ${helped[item.task_kind ?? ''] ?? 'answered'}`]];
    default:
      return [represented];
  }
}
