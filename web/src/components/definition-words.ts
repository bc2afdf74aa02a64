import type { Assignee, Definition, DocumentStep, DocumentVote, RuleGroup, RuleRow, RuleSource } from '@/api/types';
import type { Kind } from '@/lib/rule';

/** How a field is called; its key where nobody says more. */
export type Labels = (field: string) => string;
const keys: Labels = (field) => field;

/** The labels of a definition's fields, and of the columns of its tables: "items.cost". */
export function labelsOf(document: Definition): Labels {
  const labels = new Map(
    (document.form?.fields ?? []).flatMap((field) => [
      [field.name, field.label],
      ...(field.columns ?? []).map((column): [string, string | undefined] => [
        `${field.name}.${column.name}`,
        column.label,
      ]),
    ]),
  );
  return (field) => labels.get(field) || field;
}

/** What makes the words of a rule better, where it is known. */
export type Wording = {
  /** How a variable is called, by its full name. */
  label?: (variable: string) => string | undefined;
  kindOf?: (variable: string) => Kind | undefined;
  /** A value as people call it: the label of an option, the name of a department. */
  value?: (variable: string, value: unknown) => string | undefined;
};

/** A rule as people read it: its rows in words, or the CEL text where only that exists, with fields by their labels. */
export function ruleWords(source: RuleSource | undefined | null, labels: Labels = keys, wording: Wording = {}): string {
  if (!source) return '';
  if (typeof source === 'string') return labels === keys ? source : named(source, labels);
  return groupWords(source.rows, labels, wording);
}

/** Texts in quotes are no fields. */
const parts = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\bform\.(\w+)/g;
const named = (cel: string, labels: Labels) =>
  cel.replaceAll(parts, (whole, field: string | undefined) => (field ? `“${labels(field)}”` : whole));

const operators: Record<string, string> = {
  '=': 'is',
  '==': 'is',
  '!=': 'is not',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  contains: 'contains',
  doesNotContain: 'does not contain',
  beginsWith: 'begins with',
  doesNotBeginWith: 'does not begin with',
  endsWith: 'ends with',
  doesNotEndWith: 'does not end with',
  in: 'is one of',
  notIn: 'is none of',
  null: 'is empty',
  notNull: 'is not empty',
  between: 'is between',
  notBetween: 'is not between',
};

/** What some operators are called where they look at something else than a number. */
const ofKind: Partial<Record<Kind, Record<string, string>>> = {
  text: { '<': 'comes before', '<=': 'is or comes before', '>': 'comes after', '>=': 'is or comes after' },
  date: { '<': 'is before', '<=': 'is on or before', '>': 'is after', '>=': 'is on or after' },
  timestamp: { '<': 'is before', '<=': 'is at or before', '>': 'is after', '>=': 'is at or after' },
  list: { in: 'contains one of', notIn: 'contains none of' },
};

/** An operator in people's words: "is at least", of a date "is on or after". */
export const operatorWords = (operator: string, kind?: Kind): string =>
  (kind && ofKind[kind]?.[operator]) ?? operators[operator] ?? operator;

function groupWords(group: RuleGroup, labels: Labels, wording: Wording): string {
  const rows = (group.rules ?? group.rows ?? []).map((row) => rowWords(row, labels, wording)).filter(Boolean);
  const joined = rows.join(group.combinator === 'or' || group.match === 'any' ? ' or ' : ' and ');
  return group.not ? `not (${joined})` : joined;
}

function rowWords(row: RuleRow, labels: Labels, wording: Wording): string {
  if (row.rules || row.rows) return `(${groupWords(row, labels, wording)})`;
  const name = row.field ?? row.variable;
  const operator = row.operator ?? '';
  const called = (variable: string) => wording.label?.(variable) ?? labels(variable.replace(/^form\./, ''));
  const one = (value: unknown): string => {
    if (row.valueSource === 'field') return `“${called(String(value ?? ''))}”`;
    return (name && wording.value?.(name, value)) ?? String(value ?? '');
  };
  const between = operator === 'between' || operator === 'notBetween';
  const value = Array.isArray(row.value) ? row.value.map(one).join(between ? ' and ' : ', ') : one(row.value);
  const valueless = operator === 'null' || operator === 'notNull';
  return [name && called(name), operatorWords(operator, name ? wording.kindOf?.(name) : undefined), !valueless && value]
    .filter(Boolean)
    .join(' ');
}

/** What a step does, as the heading of its card. */
export const stepKind: Record<string, string> = {
  start: 'Start',
  task: 'People decide',
  condition: 'Decides by itself',
  fork: 'Goes several ways at once',
  join: 'Where they meet again',
  workflow: 'Starts another request',
  end: 'End',
};

const whom = (assignee: Assignee) => (assignee.of === 'last' ? 'the person before' : 'the requester');

type Names = (step: string | undefined) => string;
type Words = (assignee: Assignee, names: Names, labels: Labels) => string;

const strategies: Record<string, Words> = {
  chosen: () => 'Somebody whom the person before chooses',
  rule: (a) =>
    ({
      round_robin: 'The next in turn',
      least_loaded: 'Who has the least open work',
      random: 'One of them by lot',
      claim: 'Whoever takes it first',
    })[a.pick ?? ''] ?? 'The one person who matches',
  initiator: () => 'The requester',
  manager: (a) =>
    (a.levels ?? 1) > 1 ? `The manager ${a.levels} levels above ${whom(a)}` : `The manager of ${whom(a)}`,
  previous: (a, names) => `Whoever decided ${names(a.step)}`,
  claim: () => 'Whoever takes it first',
  user: (a) => a.user ?? 'A named person',
  role: (a) => `Somebody with the role ${a.role ?? ''}`.trim(),
  field: (a, _, labels) => `The person in the field “${labels(a.field ?? '')}”`,
  department: (a) => (a.department ? `The head of ${a.department}` : `The head of the department of ${whom(a)}`),
};

/** Who decides a step, and by which rule they are found; of a vote with groups, each of them. */
export type Deciders = { who: string; rule?: string; groups?: { name: string; who: string; rule?: string }[] };

export function whoDecides(step: DocumentStep, names: Names, labels: Labels = keys): Deciders | undefined {
  const { assignee, vote } = step;
  if (vote?.groups?.length) {
    return {
      who: `Each group decides${manner(vote)}`,
      groups: vote.groups.map((group) => ({
        name: group.name || titled(group.id),
        who: group.assignee ? several(group.need, group.assignee, names, labels) : '',
        rule: ruleWords(group.assignee?.candidates, labels) || undefined,
      })),
    };
  }
  if (!assignee) return undefined;
  const found = ruleWords(assignee.candidates, labels) || undefined;
  if (vote) return { who: several(vote.need, assignee, names, labels) + manner(vote), rule: found };
  const words = strategies[assignee.strategy];
  return { who: words ? words(assignee, names, labels) : assignee.strategy, rule: found };
}

/** How many have to be for it: "2 of", "All of". */
function share(need: string | number | undefined): string {
  const text = String(need ?? 'all');
  if (text === 'all') return 'All of';
  if (text === 'any') return 'The first of';
  return text.endsWith('%') ? `${text.slice(0, -1)} % of` : `${text} of`;
}

const together: Record<string, Words> = {
  chosen: () => 'those whom the person before chooses',
  rule: () => 'those who match',
  manager: (a) => ((a.levels ?? 1) > 1 ? `${a.levels} managers above ${whom(a)}` : `the manager of ${whom(a)}`),
  role: (a) => `those with the role ${a.role ?? ''}`.trim(),
  user: (a) => (a.users ?? [a.user ?? 'a named person']).join(', '),
};

function several(need: string | number | undefined, assignee: Assignee, names: Names, labels: Labels): string {
  const alone = strategies[assignee.strategy]?.(assignee, names, labels) ?? assignee.strategy;
  const people =
    together[assignee.strategy]?.(assignee, names, labels) ?? alone.charAt(0).toLowerCase() + alone.slice(1);
  return `${share(need)} ${people}`;
}

const manner = ({ sequence, veto }: DocumentVote): string =>
  [sequence && ', one after another', veto && '; one voice against is enough to reject'].filter(Boolean).join('');

const acts: Record<string, string> = {
  reassign: 'hand it on',
  delegate: 'delegate it',
  add_approver: 'ask one more approver',
  consult: 'ask for an opinion',
};

/** What else its author said about a step: what its holders cannot do, and what a join waits for. */
export function furtherWords(step: DocumentStep, labels: Labels = keys, workflows: Labels = keys): string[] {
  const without = (step.without ?? []).map((act) => acts[act] ?? act);
  const words = [];
  if (without.length > 0)
    words.push(`Who has it cannot ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(without)}.`);
  if (step.type === 'fork') words.push('Every way whose rule holds is taken, at the same time.');
  if (step.type === 'join') words.push(joinWords(step, labels));
  if (step.starts) words.push(...startsWords(step.starts, labels, workflows));
  return words;
}

const all = new Intl.ListFormat('en-GB');

/** What a step starts, in whose name, what it hands over, and what it waits for. */
function startsWords(starts: NonNullable<DocumentStep['starts']>, labels: Labels, workflows: Labels): string[] {
  const { workflow, each, by = 'initiator', wait = 'all', rest, take = {} } = starts;
  const name = workflows(workflow);
  const other = name === workflow ? workflow : `“${name}”`;
  const what = each ? `one request of ${other} for each row of “${labels(each)}”` : `a request of ${other}`;
  const whose: Record<string, string> = { initiator: 'the requester', last: 'the person before' };
  const words = [`Starts ${what}, in the name of ${whose[by] ?? `the person in “${labels(by)}”`}.`];
  const cell = (column: string) => {
    const label = labels(`${each}.${column}`);
    return `“${label === `${each}.${column}` ? column : label}”`;
  };
  const copied = Object.values(starts.copy ?? {}).map(cell);
  if (copied.length > 0) words.push(`Hands over ${all.format(copied)} of the row.`);
  const filled = Object.keys(starts.values ?? {}).map((name) => name.replaceAll('_', ' '));
  if (filled.length > 0) words.push(`Fills in ${all.format(filled)} there.`);
  const count = String(wait);
  if (count === 'none') return [...words, 'Goes on at once.'];
  const left = rest === 'finish' ? 'the others are left to finish' : 'the others are stopped';
  if (count !== 'all') words.push(`Goes on when ${count === '1' ? 'one has' : `${count} have`} ended; ${left}.`);
  else words.push(each ? 'Goes on when all have ended.' : 'Goes on when it has ended.');
  const taken = Object.keys(take).map((field) => (each ? cell(field) : `“${labels(field)}”`));
  return taken.length > 0 ? [...words, `Brings back ${all.format(taken)}.`] : words;
}

function joinWords({ wait }: DocumentStep, labels: Labels): string {
  const count = String(wait?.for ?? 'all');
  const until = wait?.until ? `, or as soon as ${ruleWords(wait.until, labels)}` : '';
  if (count === 'all') return `Goes on when every branch that was taken has arrived${until}.`;
  const arrived = count === '1' ? 'the first branch has arrived' : `${count} branches have arrived`;
  return `Goes on when ${arrived}${until}; the others are stopped.`;
}

const titled = (id: string) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('_', ' ');

/** The name of a step; its id with a capital letter where it has none. */
export function stepName(step: DocumentStep): string {
  return step.name || titled(step.id);
}

/** Where a step leads, in words: "HR (approve)", "Rejected, with a reason". */
export function leadsTo(
  step: DocumentStep,
  names: Names,
  labels: Labels = keys,
): { key: string; name: string; to: string; about: string }[] {
  return (step.transitions ?? []).map((t) => {
    const about = [
      t.when ? `when ${ruleWords(t.when, labels)}` : step.type === 'condition' ? 'otherwise' : '',
      t.comment === 'required' ? 'needs a reason' : '',
    ];
    return { key: t.id, name: t.name || names(t.to), to: names(t.to), about: about.filter(Boolean).join(', ') };
  });
}
