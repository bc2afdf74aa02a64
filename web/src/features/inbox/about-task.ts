import type { TaskRow } from '@/api/types';

/** What is wanted of its holder where that is not the decision itself, or where it is somebody else's. */
function wanted(task: TaskRow): string | undefined {
  const asker = task.asked_by?.name;
  // In a team's list it is a colleague who is asked.
  const own = task.assignee === undefined;
  switch (task.kind) {
    case 'fix':
      return own ? 'sent back to you' : 'sent back';
    case 'consult':
      return own ? `${asker ?? 'a colleague'} asks for your opinion` : `asked for an opinion by ${asker}`;
    case 'prepare':
      return own ? `${asker ?? 'a colleague'} asks you to prepare it` : `asked to prepare it by ${asker}`;
  }
  if (task.again) return 'asked again';
  if (task.on_behalf_of) return `on behalf of ${task.on_behalf_of.name}`;
  return asker && `asked by ${asker}`;
}

/** Where the task stands: the title often is the workflow's name and need not be said twice. */
export function aboutTask(task: TaskRow): string {
  const more = wanted(task);
  const step = more ? `${task.step_name}: ${more}` : task.step_name;
  return task.title === task.workflow.name ? step : `${task.workflow.name} · ${step}`;
}
