import { type InboxView, isView } from './views';

/** What the lines can be ordered by besides their age, the newest first. */
export const sorts = { oldest: 'Oldest first', title: 'Title', workflow: 'Workflow', requester: 'Requester' } as const;
export type InboxSort = keyof typeof sorts;
const isSort = (value: unknown): value is InboxSort => typeof value === 'string' && Object.hasOwn(sorts, value);

/** What stands in the address of the inbox. Everything that is shown can be sent to somebody or kept as a view. */
export type InboxSearch = {
  view?: InboxView;
  q?: string;
  workflow?: string;
  step?: string;
  from?: string;
  older?: number;
  sort?: InboxSort;
  status?: 'open' | 'ended';
  /** The line that is open beside the list. */
  open?: string;
};

type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function days(value: unknown): number | undefined {
  const n = Number(value);
  return Number.isInteger(n) && n >= 1 && n <= 3650 ? n : undefined;
}

/** Reads an address; what is not understood is dropped. */
export function inboxSearch(raw: Raw): InboxSearch {
  const from = text(raw.from);
  const workflow = text(raw.workflow);
  return set({
    view: isView(raw.view) && raw.view !== 'mine' ? raw.view : undefined,
    q: text(raw.q),
    workflow,
    step: workflow && text(raw.step),
    from: from && uuid.test(from) ? from : undefined,
    older: days(raw.older),
    sort: isSort(raw.sort) ? raw.sort : undefined,
    status: raw.status === 'open' || raw.status === 'ended' ? raw.status : undefined,
    open: text(raw.open),
  });
}

/** Only what is set, so that addresses stay short. */
const set = <T extends Raw>(value: T): { [K in keyof T]?: T[K] } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: T[K] };

/** What a saved view keeps: what is listed, not what happens to be open. */
export function viewText({ open: _, ...search }: InboxSearch): string {
  return new URLSearchParams(Object.entries(search).map(([k, v]) => [k, String(v)])).toString();
}

export const viewSearch = (kept: string): InboxSearch => inboxSearch(Object.fromEntries(new URLSearchParams(kept)));

/** By how much a list is narrowed, apart from its words. */
export const narrowed = (s: InboxSearch): number =>
  [s.workflow, s.step, s.from, s.older, s.status].filter((each) => each !== undefined).length;
