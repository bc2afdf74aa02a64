export { inboxSearch } from '@/features/inbox/address';

/** What stands in the address behind the question mark, page by page. What is not understood is dropped. */
type Raw = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only what is set, so that addresses stay short. */
const set = <T extends Raw>(value: T): { [K in keyof T]?: T[K] } =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as { [K in keyof T]?: T[K] };

type SignIn = { org?: string; next?: string };
export const signInSearch = (raw: Raw): SignIn => set({ org: text(raw.org), next: text(raw.next) });

type Landing = { group?: string; q?: string };
export const landingSearch = (raw: Raw): Landing => set({ group: text(raw.group), q: text(raw.q) });

type View = { step?: string };
export const viewSearch = (raw: Raw): View => set({ step: text(raw.step) });

type EditForm = { view?: 'matrix' | 'preview' };
export const editFormSearch = (raw: Raw): EditForm =>
  set({ view: raw.view === 'matrix' || raw.view === 'preview' ? raw.view : undefined });

type Runs = { q?: string; status?: string; period?: string; outcome?: string; step?: string; from?: string };
export const runsSearch = (raw: Raw): Runs =>
  set({
    q: text(raw.q),
    status: text(raw.status),
    period: text(raw.period),
    outcome: text(raw.outcome),
    step: text(raw.step),
    from: typeof raw.from === 'string' && uuid.test(raw.from) ? raw.from : undefined,
  });

type Start = { from?: string; draft?: string };
export const startSearch = (raw: Raw): Start => set({ from: text(raw.from), draft: text(raw.draft) });

type People = { q?: string; department?: string; role?: string; status?: 'active' | 'disabled' };
export const peopleSearch = (raw: Raw): People =>
  set({
    q: text(raw.q),
    department: text(raw.department),
    role: text(raw.role),
    status: raw.status === 'active' || raw.status === 'disabled' ? raw.status : undefined,
  });

type Tree = { q?: string; person?: string };
export const treeSearch = (raw: Raw): Tree => set({ q: text(raw.q), person: text(raw.person) });
