import type { FieldView, Task } from '@/api/types';
import { listed } from '@/components/run-timeline';

/** What the bar of acts is about. */
export function taskTitle(task: Task): string {
  if (task.kind === 'consult') return `${task.step_name}: your opinion`;
  if (task.kind === 'prepare') return `${task.step_name}: to prepare`;
  if (task.kind === 'fix') return 'Yours to correct';
  return task.step_name;
}

/** What its holder should know before anything else: who wants what, in whose words, and what is open to change. */
export type TaskNote = { title: string; text?: string; rest?: string };

/** Nothing for a task that came to its holder by the path alone. */
export function noteOf(task: Task, fields: FieldView[]): TaskNote | undefined {
  const title = task.again ? anew(task.again) : wanted(task);
  if (!title) return undefined;
  const names = (task.correct ?? []).flatMap((name) => fields.find((field) => field.name === name)?.label ?? []);
  const rest = [
    names.length > 0 && `Only ${listed(names)} can be changed.`,
    task.again &&
      'What was decided then does not count any more. The request waits, and goes on when you decide the same again.',
    task.returns_to_step_name && `It then goes straight back to ${task.returns_to_step_name}.`,
  ];
  return { title, text: task.reason?.text, rest: rest.filter(Boolean).join(' ') || undefined };
}

/** Why a decision is asked for again. */
function anew({ by, fields }: NonNullable<Task['again']>): string {
  const names = fields.map((field) => field.label || field.name);
  return `${by.name} changed ${names.length > 0 ? listed(names) : 'the request'} after it was decided here`;
}

/** Whom a decision asks again that changes fields, unless the request comes to them once more anyway. */
export function askedAgain({ bound }: Pick<Task, 'bound'>, changed: string[]): string | undefined {
  const people = bound.filter(({ field }) => changed.includes(field)).flatMap((each) => each.people);
  const names = [...new Set(people.map((person) => person.name))];
  if (names.length === 0) return undefined;
  const many = names.length > 1;
  return `${listed(names)} decided on what you changed and ${many ? 'are' : 'is'} asked again before it goes on`;
}

function wanted(task: Task): string | undefined {
  const asker = task.asked_by?.name;
  const by = task.reason?.by.name;
  switch (task.kind) {
    case 'consult':
      return `${asker ?? 'A colleague'} asks for your opinion`;
    case 'prepare':
      return `${asker ?? 'A colleague'} asks you to prepare the decision`;
    case 'fix':
      return by ? `${by} sent it back to you` : 'You can change it and submit it again';
  }
  if (task.on_behalf_of) return `You decide for ${task.on_behalf_of.name}`;
  if (asker) return `${asker} asks you to decide it, too`;
  return by && (task.returns_to_step_name || task.correct?.length)
    ? `${by} sent it back to ${task.step_name}`
    : by && `${by} gave it to you`;
}
