import type { Me, RunRow, WorkflowSummary } from '@/api/types';
import { stateOf } from '@/components/status';

export type Item = {
  id: string;
  label: string;
  about?: string;
  /** What the icon shows: a page, a workflow, a request, an act. */
  kind: 'page' | 'workflow' | 'request' | 'act';
  workflow?: WorkflowSummary | RunRow['workflow'];
  /** Where choosing it leads; an act has none and is carried out. */
  href?: string;
};
export type Group = { title: string; items: Item[] };

type Place = { id: string; label: string; words: string; href?: string; right?: string };

const places: Place[] = [
  { id: 'workflows', label: 'Workflows', words: 'start home landing ask', href: '/' },
  { id: 'inbox', label: 'Inbox', words: 'tasks decide approve waiting', href: '/inbox' },
  { id: 'claimable', label: 'To claim', words: 'inbox tasks team pool', href: '/inbox?view=claimable' },
  { id: 'requests', label: 'My requests', words: 'inbox mine sent', href: '/inbox?view=requests' },
  { id: 'watching', label: 'Watching', words: 'inbox follow subscribed', href: '/inbox?view=watching' },
  { id: 'drafts', label: 'Drafts', words: 'inbox mine unfinished', href: '/inbox?view=drafts' },
  { id: 'people', label: 'People', words: 'users colleagues administration', href: '/people', right: 'user.manage' },
  { id: 'account', label: 'Your account', words: 'profile sessions appearance settings', href: '/account' },
];
const acts: Place[] = [
  { id: 'scheme', label: 'Switch between light and dark', words: 'theme colours night appearance' },
  { id: 'help', label: 'Keyboard shortcuts', words: 'help keys' },
  { id: 'sign-out', label: 'Sign out', words: 'leave log out end session' },
];

/** Whether every word typed occurs somewhere. */
function matches(text: string, typed: string): boolean {
  const where = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => where.includes(word));
}

const fixed = (list: Place[], kind: Item['kind'], typed: string, me: Me | undefined): Item[] =>
  list
    .filter(({ right }) => !right || me?.permissions.includes(right))
    .filter(({ label, words }) => matches(`${label} ${words}`, typed))
    .map(({ id, label, href }) => ({ id, label, kind, href }));

const number = /^[a-z][a-z0-9_]*-\d+$/i;

type Found = {
  me?: Me;
  workflows?: WorkflowSummary[];
  requests?: RunRow[];
  /** The server answered other words: only what fits these as well may be offered, as Enter takes the first. */
  stale?: boolean;
  /** What can be done with what the page shows. */
  here?: Place[];
};

const fits = (stale: boolean, typed: string) => (item: Item) =>
  !stale || matches(`${item.label} ${item.about ?? ''} ${item.workflow?.key ?? ''}`, typed);

/** What the palette offers for the words typed, best first. With no words: what the reader uses most. */
export function offers(typed: string, { me, workflows = [], requests = [], stale = false, here = [] }: Found): Group[] {
  const words = typed.trim();
  const byNumber: Item[] = number.test(words)
    ? [{ id: 'number', label: `Open ${words.toUpperCase()}`, kind: 'request', href: `/runs/${words.toUpperCase()}` }]
    : [];
  const seen = new Set(byNumber.map((item) => item.href));
  const found = requests.map(requestItem).filter((item) => !seen.has(item.href) && fits(stale, words)(item));
  const groups: Group[] = [
    { title: 'Requests', items: [...byNumber, ...found] },
    { title: 'Start', items: workflows.map(workflowItem).filter(fits(stale, words)) },
    { title: 'Go to', items: fixed(places, 'page', words, me) },
    { title: 'Do', items: fixed([...here, ...acts], 'act', words, me) },
  ];
  return groups.filter((group) => group.items.length > 0);
}

function workflowItem(workflow: WorkflowSummary): Item {
  const path = `/workflows/${encodeURIComponent(workflow.key)}`;
  const { start } = workflow.can;
  return {
    id: `workflow ${workflow.id}`,
    label: workflow.name,
    about: start ? workflow.description : 'View',
    kind: 'workflow',
    workflow,
    href: start ? `${path}/start` : path,
  };
}

function requestItem(run: RunRow): Item {
  return {
    id: `request ${run.id}`,
    label: [run.number, run.title].filter(Boolean).join('  '),
    about: `${stateOf(run).word}, from ${run.initiator.name}`,
    kind: 'request',
    workflow: run.workflow,
    href: `/runs/${run.number || run.id}`,
  };
}
