import type { HistoryItem, Person } from '@/api/types';
import { dateSpan, longDate } from '@/lib/dates';
import { stateOf } from '../status';

/** A sentence in pieces: plain text, and the people and names in it that stand out. */
export type Piece = string | { strong: string };
export type Entry = {
  pieces: Piece[];
  /** Whose act it is, to show beside it; nobody for what the system did. */
  by?: Person;
  icon:
    | 'start'
    | 'done'
    | 'reject'
    | 'back'
    | 'assign'
    | 'edit'
    | 'comment'
    | 'ask'
    | 'remind'
    | 'pause'
    | 'warning'
    | 'end'
    | 'stop';
  /** Whether it is a person's act, to be seen, or a circumstance, to be overlooked. */
  quiet: boolean;
};

const strong = (text: string | undefined): Piece => ({ strong: text ?? 'Somebody' });

/** Who acted: "Asha Rao", "Asha Rao for Ravi Menon", "Handstamp" for the system itself. */
function actor(item: HistoryItem): Piece[] {
  if (!item.actor) return [strong('Handstamp')];
  return item.on_behalf_of
    ? [strong(item.actor.name), ' for ', strong(item.on_behalf_of.name)]
    : [strong(item.actor.name)];
}

/** "a, b and c" */
export function listed(words: string[]): string {
  if (words.length < 3) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Whom the same happened to at the same moment, beside the one an event names; how many requests of a kind it started. */
type Told = HistoryItem & { others?: Person[]; count?: number };
const others = (item: Told): Person[] => item.others ?? [];

/** Everybody whom it happened to: of many two by name. */
function people(item: Told): Piece[] {
  const names = [item.assignee?.name ?? 'Somebody', ...others(item).map((person) => person.name)];
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const rest = names.length - shown.length;
  const last = shown.length - 1;
  return [
    ...shown.flatMap((name, i): Piece[] =>
      i === 0 ? [strong(name)] : [i === last && !rest ? ' and ' : ', ', strong(name)],
    ),
    ...(rest > 0 ? [` and ${rest} more`] : []),
  ];
}

/** Events that say the same of several people, such as of all who are asked to vote, or of several requests, as one. */
function folded(items: HistoryItem[]): Told[] {
  const told: Told[] = [];
  for (const item of items) {
    const last = told.at(-1);
    if (last && counted(last, item)) last.count = (last.count ?? 1) + 1;
    else if (last && item.assignee && alike(last, item)) last.others = [...others(last), item.assignee];
    else told.push({ ...item });
  }
  return told;
}

const foldable = new Set(['task.created', 'task.cancelled']);
const kept = ['type', 'at', 'step_id', 'group', 'task_kind', 'again'] as const;

const plain = (item: HistoryItem) =>
  foldable.has(item.type) &&
  item.assignee !== undefined &&
  !item.asked_by &&
  !item.on_behalf_of &&
  !item.warning &&
  !item.comment &&
  (item.task_kind ?? 'decide') === 'decide';

const alike = (one: HistoryItem, other: HistoryItem) =>
  plain(one) && plain(other) && kept.every((name) => one[name] === other[name]);

/** One more request of the same kind for the same person. */
const counted = (one: HistoryItem, other: HistoryItem) =>
  one.type === 'sub.requested' &&
  other.type === one.type &&
  other.at === one.at &&
  other.workflow_key === one.workflow_key &&
  other.on_behalf_of?.id === one.on_behalf_of?.id;

/** Where it was done; with the group of those who vote there. */
const inStep = (item: HistoryItem): string => {
  if (!item.step_name) return '';
  return item.group ? ` in ${item.step_name} for ${item.group}` : ` in ${item.step_name}`;
};

type Words = (item: HistoryItem) => Omit<Entry, 'by'> | undefined;
const say = (icon: Entry['icon'], pieces: Piece[], quiet = false) => ({ icon, pieces, quiet });

/** The built-in way on of a request that was sent back. */
const submitAgain = 'Submit again';

function completed(item: HistoryItem) {
  const who = actor(item);
  const to = item.to_step_name;
  if (item.kind === 'answer')
    return item.task_kind === 'prepare'
      ? say('done', [...who, ' prepared it', inStep(item)])
      : say('comment', [...who, ' answered', inStep(item)]);
  if (item.kind === 'reject') return say('reject', [...who, ' rejected it', inStep(item)]);
  const verb = item.kind === 'approve' ? ' approved it' : ' completed it';
  const name = item.transition_name;
  if (item.kind === 'forward' && name === submitAgain)
    return say('done', [...who, ' corrected it and submitted it again']);
  // Who has it next stands in the next line; a transition's name only matters where it says more than that.
  const chose = name && name !== to && !/^approved?$/i.test(name) ? [' with ', strong(name)] : [];
  return say('done', [...who, verb, inStep(item), ...chose]);
}

const places: Record<string, string> = {
  before: ' to approve it first',
  beside: ' to approve it, too',
  after: ' to approve it afterwards',
};

/** What a person asked of another beside what the workflow asks. */
function asked(item: HistoryItem) {
  const who = [strong(item.asked_by?.name), ' asked ', strong(item.assignee?.name)];
  if (item.task_kind === 'consult') return say('ask', [...who, ' for an opinion']);
  if (item.task_kind === 'prepare') return say('ask', [...who, ' to prepare it']);
  return say('ask', [...who, places[item.where ?? ''] ?? ' to approve it, too']);
}

function created(item: HistoryItem) {
  if (item.asked_by && !item.again) return asked(item);
  const step = item.step_name ? [' for ', strong(item.step_name)] : [];
  const group = item.group ? [` (${item.group})`] : [];
  if (!item.assignee) return say('assign', ['Offered to everybody who may take it', ...step, ...group], true);
  if (item.task_kind === 'fix') return say('assign', [strong(item.assignee.name), ' is asked to correct it'], true);
  if (item.again)
    return say(
      'ask',
      [...people(item), others(item).length > 0 ? ' are asked again' : ' is asked again', ...step, ...group],
      true,
    );
  const owner = item.on_behalf_of ? [' on behalf of ', strong(item.on_behalf_of.name)] : [];
  return say('assign', ['Assigned to ', ...people(item), ...owner, ...step, ...group], true);
}

function reassigned(item: HistoryItem) {
  const from = item.former && item.former.id !== item.actor?.id ? [' from ', strong(item.former.name)] : [];
  return say('assign', [...actor(item), ' passed it on', ...from, ' to ', strong(item.assignee?.name)]);
}

/** Somebody decides in another's place: given to him, or taken by him. */
function delegated(item: HistoryItem) {
  if (!item.actor) return stoodIn(item);
  const doer = strong(item.actor?.name);
  const owner = item.on_behalf_of;
  const taken = item.actor !== undefined && item.actor.id === item.assignee?.id;
  if (taken) {
    const holder = item.former ?? owner;
    const whose = owner && owner.id !== holder?.id ? [', for ', strong(owner.name)] : [];
    return say('assign', [doer, ' took it over from ', strong(holder?.name), ...whose]);
  }
  if (!owner) return say('assign', [doer, ' gave it back to ', strong(item.assignee?.name)]);
  return say('assign', [doer, ' delegated it: ', strong(item.assignee?.name), ' decides for ', strong(owner.name)]);
}

/** What follows from an absence by itself, and from its end. */
function stoodIn({ assignee, on_behalf_of: owner }: HistoryItem) {
  if (owner)
    return say('assign', [strong(assignee?.name), ' stands in for ', strong(owner.name), ', who is away'], true);
  return say('assign', ['It is back with ', strong(assignee?.name)], true);
}

function sentBack(item: HistoryItem) {
  const to = item.to_step_name ? [' to ', strong(item.to_step_name)] : [];
  const names = (item.correct ?? []).map((field) => field.label || field.name);
  const what = names.length > 0 ? [`, to correct ${listed(names)}`] : [];
  return say('back', [
    ...actor(item),
    ' sent it back',
    ...to,
    ...what,
    item.to_me ? '; it then comes straight back' : '',
  ]);
}

const decisions: Record<string, string> = {
  approve: ' took the approval back',
  reject: ' took the rejection back',
  sent_back: ' took back that it was sent back',
  answer: ' took the answer back',
};

/** A decision that its maker thought better of. */
function takenBack(item: HistoryItem) {
  const what = item.task_kind === 'fix' ? ' took back that it was submitted' : decisions[item.kind ?? ''];
  const absence = item.away ? '; the absence that followed is gone, too' : '';
  return say('back', [...actor(item), what ?? ' took the decision back', inStep(item), absence]);
}

/** A decision that does not count any more, because what its maker had been shown was changed. */
function voided({ actor: by, former, step_name: step, fields = [] }: HistoryItem) {
  const names = fields.map((field) => field.label || field.name);
  const what = names.length > 0 ? listed(names) : 'something else';
  return say('warning', [
    ...['The decision of ', strong(former?.name), step ? ` in ${step}` : ''],
    ...[' does not count any more: ', strong(by?.name), ` changed ${what} since`],
  ]);
}

const closed: Words = (item) => {
  if (!item.assignee) return say('assign', ['The open task was closed'], true);
  if (others(item).length > 0) return say('assign', ['The tasks of ', ...people(item), ' were closed'], true);
  const whose = [strong(item.assignee.name)];
  if (item.task_kind === 'consult') return say('assign', ['The question to ', ...whose, ' was withdrawn'], true);
  if (item.task_kind === 'prepare') return say('assign', [...whose, ' does not have to prepare it any more'], true);
  return say('assign', ['The task of ', ...whose, ' was closed'], true);
};

function cancelled(item: HistoryItem) {
  if (item.reason === 'withdrawn') return say('stop', [...actor(item), ' withdrew the request']);
  if (item.reason === 'parent') return say('stop', ['The request that started this one does not need it any more']);
  return say('stop', [...actor(item), ' cancelled the request']);
}

/** The sign of an end: a tick only where nothing was refused or stopped. */
function signOf(outcome: string | undefined, good: 'done' | 'end'): Entry['icon'] {
  if (outcome === 'cancelled') return 'stop';
  return stateOf({ status: 'completed', outcome }).tone === 'red' ? 'reject' : good;
}

function ended(item: HistoryItem) {
  const outcome = item.outcome?.replaceAll(/[_-]+/g, ' ');
  return say(
    signOf(item.outcome, 'end'),
    outcome ? ['The request ended: ', strong(outcome)] : ['The request is completed'],
  );
}

/** What a leave that was approved brought about. */
function absent({ assignee, away, stand_in: standIn, reason }: HistoryItem) {
  if (!away) return undefined;
  const days = away.from === away.until ? ` on ${longDate(away.from)}` : ` from ${dateSpan(away.from, away.until)}`;
  const who = strong(assignee?.name);
  if (reason === 'overlap')
    return say('assign', [who, ` is away${days}; what was planned for that time already stays as it is`], true);
  const meanwhile = standIn ? ['; ', strong(standIn.name), ' decides meanwhile'] : [];
  return say('assign', [who, ` is noted as away${days}`, ...meanwhile], true);
}

const fieldsChanged: Words = (item) => {
  const names = (item.fields ?? []).map((field) => field.label || field.name);
  return names.length > 0 ? say('edit', [...actor(item), ` changed ${listed(names)}`], true) : undefined;
};

/** What a request started, and what came of it. */
const workflowOf = (item: HistoryItem) => strong(item.workflow_name || item.workflow_key);
const started: Words = ({ count = 1, on_behalf_of: whose, ...item }: Told) => {
  const of = workflowOf(item);
  const what = count > 1 ? [`${count} requests of `, of, ' are'] : ['A request of ', of, ' is'];
  return say('start', [...what, ' started for ', strong(whose?.name)]);
};
const startEnded: Words = (item) => {
  const outcome = item.outcome?.replaceAll(/[_-]+/g, ' ');
  return say(signOf(item.outcome, 'done'), [
    strong(item.number),
    ' has ended',
    outcome ? ': ' : '',
    outcome ? strong(outcome) : '',
  ]);
};

const words: Record<string, Words> = {
  'run.started': (item) =>
    item.parent_run_id
      ? say('start', ['Started for ', strong(item.on_behalf_of?.name), ' by another request'])
      : say('start', [...actor(item), ' started the request']),
  'sub.requested': started,
  'sub.ended': startEnded,
  'sub.failed': () => undefined, // the incident that follows says it
  'sub.stopped': (item) =>
    say('stop', ['A request of ', workflowOf(item), ' is not needed any more and is stopped'], true),
  'step.retried': (item) => say('start', [...actor(item), ' had it tried again', inStep(item)]),
  'run.completed': ended,
  'run.cancelled': cancelled,
  'run.recalled': (item) => say('back', [...actor(item), ' recalled the request to change it']),
  'run.held': (item) => say('pause', [...actor(item), ' put the request on hold']),
  'run.resumed': (item) => say('start', [...actor(item), ' let the request go on']),
  'run.nudged': (item) => say('remind', [...actor(item), ' sent a reminder']),
  'run.migrated': (item) =>
    say('edit', [
      ...actor(item),
      ` moved this request from version ${item.from_version} to version ${item.to_version}`,
    ]),
  'run.incident': (item) => say('warning', ['The request cannot go on', item.detail ? `: ${item.detail}` : '']),
  'task.created': created,
  'task.claimed': (item) => say('assign', [...actor(item), ' took it', inStep(item)]),
  'task.released': (item) => say('assign', [...actor(item), ' gave it back', inStep(item)]),
  'task.reassigned': reassigned,
  'task.completed': completed,
  'task.delegated': delegated,
  'task.queued': (item) => say('assign', [strong(item.assignee?.name), ' waits until that is done'], true),
  'task.opened': (item) => say('assign', ['It is the turn of ', strong(item.assignee?.name)], true),
  'task.sent_back': sentBack,
  'task.voided': voided,
  'task.undone': takenBack,
  'task.cancelled': closed,
  'fields.changed': fieldsChanged,
  'absence.planned': absent,
  'stakeholder.added': (item) => say('assign', [...actor(item), ' added ', strong(item.person?.name)]),
  'stakeholder.removed': (item) =>
    say('assign', [...actor(item), ' took ', strong(item.person?.name), ' off the request']),
  'comment.added': (item) => say('comment', [...actor(item), ' commented']),
  // The path above the history shows where it went; saying it again would drown what people did.
  'step.entered': () => undefined,
  'step.left': () => undefined,
  'step.reopened': () => undefined,
  'step.waits': (item) =>
    say('pause', [strong(item.step_name), ' is decided, and waits for those who are asked again'], true),
  'step.skipped': (item) =>
    say(
      'assign',
      [strong(item.step_name), ' was passed over: ', strong(item.assignee?.name), ' has approved it already'],
      true,
    ),
  'step.cancelled': (item) => say('assign', [strong(item.step_name), ' was stopped'], true),
};

/** One event in people's words; nothing for events that only machines need. An event of a newer server keeps its name. */
export function entryOf(item: HistoryItem): Entry | undefined {
  const known = words[item.type];
  if (!known)
    return { ...say('edit', [...actor(item), `: ${item.type.replaceAll(/[._]/g, ' ')}`], true), by: item.actor };
  const entry = known(item);
  return entry && { ...entry, by: entry.quiet ? undefined : item.actor };
}

/**
 * The entries of a history. What was filled in to start a request is the request itself and no
 * change, so it is not told again.
 */
export function entriesOf(items: HistoryItem[]): { item: HistoryItem; entry: Entry }[] {
  const started = items.find((item) => item.type === 'run.started');
  return folded(items).flatMap((item) => {
    if (item.type === 'fields.changed' && item.at === started?.at) return [];
    const entry = entryOf(item);
    return entry ? [{ item, entry }] : [];
  });
}

export type Line = { item: HistoryItem; entry: Entry };
/** What one act brought about: what somebody did, and what followed from it by itself. */
export type Group = Line & { followed: Line[] };

/**
 * All events of one act bear the same moment; what came with it stands below what was done, also what
 * is written down before it, as the fields that were changed along.
 */
export function groupsOf(items: HistoryItem[]): Group[] {
  const groups: Group[] = [];
  for (const line of entriesOf(items)) {
    const last = groups.at(-1);
    const together = last !== undefined && last.item.at === line.item.at;
    if (together && line.entry.quiet) last.followed.push(line);
    else if (together && last.entry.quiet)
      groups[groups.length - 1] = { ...line, followed: [{ item: last.item, entry: last.entry }, ...last.followed] };
    else groups.push({ ...line, followed: [] });
  }
  return groups;
}

/** The sentence as text. */
export const sentence = (entry: Entry): string =>
  entry.pieces.map((piece) => (typeof piece === 'string' ? piece : piece.strong)).join('');
