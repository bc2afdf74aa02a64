/** The views of the inbox, in the order of their tabs. */
export const views = {
  mine: { title: 'My tasks' },
  claimable: { title: 'To claim' },
  requests: { title: 'My requests' },
  drafts: { title: 'Drafts' },
} as const;

export type InboxView = keyof typeof views;
export const isView = (value: unknown): value is InboxView => typeof value === 'string' && value in views;
