import type { HistoryItem, Person } from '@/api/types';

/** A sentence in pieces: plain text, and the people and names in it that stand out. */
export type Piece = string | { strong: string };
export type Entry = {
  pieces: Piece[];
  /** Whose act it is, to show beside it; nobody for what the system did. */
  by?: Person;
  icon: 'start' | 'done' | 'reject' | 'back' | 'assign' | 'edit' | 'comment' | 'warning' | 'end' | 'stop';
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

const inStep = (item: HistoryItem): string => (item.step_name ? ` in ${item.step_name}` : '');

type Words = (item: HistoryItem) => Omit<Entry, 'by'> | undefined;
const say = (icon: Entry['icon'], pieces: Piece[], quiet = false) => ({ icon, pieces, quiet });

/** The built-in way on of a request that was sent back. */
const submitAgain = 'Submit again';

function completed(item: HistoryItem) {
  const who = actor(item);
  const to = item.to_step_name;
  if (item.kind === 'reject') return say('reject', [...who, ' rejected it', inStep(item)]);
  const verb = item.kind === 'approve' ? ' approved it' : ' completed it';
  const name = item.transition_name;
  if (item.kind === 'forward' && name === submitAgain)
    return say('done', [...who, ' corrected it and submitted it again']);
  // Who has it next stands in the next line; a transition's name only matters where it says more than that.
  const chose = name && name !== to && !/^approved?$/i.test(name) ? [' with ', strong(name)] : [];
  return say('done', [...who, verb, inStep(item), ...chose]);
}

function created(item: HistoryItem) {
  const step = item.step_name ? [' for ', strong(item.step_name)] : [];
  if (!item.assignee) return say('assign', ['Offered to everybody who may take it', ...step], true);
  return say('assign', ['Assigned to ', strong(item.assignee.name), ...step], true);
}

function reassigned(item: HistoryItem) {
  const from = item.former && item.former.id !== item.actor?.id ? [' from ', strong(item.former.name)] : [];
  return say('assign', [...actor(item), ' passed it on', ...from, ' to ', strong(item.assignee?.name)]);
}

function cancelled(item: HistoryItem) {
  if (item.reason === 'withdrawn') return say('stop', [...actor(item), ' withdrew the request']);
  if (item.reason === 'parent') return say('stop', ['Cancelled together with the request it belongs to']);
  return say('stop', [...actor(item), ' cancelled the request']);
}

function ended(item: HistoryItem) {
  const outcome = item.outcome?.replaceAll(/[_-]+/g, ' ');
  return say('end', outcome ? ['The request ended: ', strong(outcome)] : ['The request is completed']);
}

const fieldsChanged: Words = (item) => {
  const names = (item.fields ?? []).map((field) => field.label || field.name);
  return names.length > 0 ? say('edit', [...actor(item), ` changed ${listed(names)}`], true) : undefined;
};

const words: Record<string, Words> = {
  'run.started': (item) => say('start', [...actor(item), ' started the request']),
  'run.completed': ended,
  'run.cancelled': cancelled,
  'run.incident': (item) => say('warning', ['The request cannot go on', item.detail ? `: ${item.detail}` : '']),
  'task.created': created,
  'task.claimed': (item) => say('assign', [...actor(item), ' took it', inStep(item)]),
  'task.released': (item) => say('assign', [...actor(item), ' gave it back', inStep(item)]),
  'task.reassigned': reassigned,
  'task.completed': completed,
  'task.sent_back': (item) =>
    say('back', [...actor(item), ' sent it back', ...(item.to_step_name ? [' to ', strong(item.to_step_name)] : [])]),
  'task.cancelled': (item) =>
    item.assignee
      ? say('assign', ['The task of ', strong(item.assignee.name), ' was closed'], true)
      : say('assign', ['The open task was closed'], true),
  'fields.changed': fieldsChanged,
  'comment.added': (item) => say('comment', [...actor(item), ' commented']),
  // The path above the history shows where it went; saying it again would drown what people did.
  'step.entered': () => undefined,
  'step.left': () => undefined,
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
  return items.flatMap((item) => {
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
