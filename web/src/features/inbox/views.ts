/** The views of the inbox, in the order of their tabs. */
export const views = {
  mine: { title: 'My tasks' },
  claimable: { title: 'To claim' },
  team: { title: 'My team' },
  requests: { title: 'My requests' },
  watching: { title: 'Watching' },
  drafts: { title: 'Drafts' },
  all: { title: 'All requests' },
} as const;

export type InboxView = keyof typeof views;
export const isView = (value: unknown): value is InboxView => typeof value === 'string' && Object.hasOwn(views, value);

/** Views of tasks, by what the server calls them. */
export const ofTasks = { mine: 'mine', claimable: 'claimable', team: 'team' } as const;
export const isTaskView = (view: InboxView): view is keyof typeof ofTasks => view in ofTasks;
