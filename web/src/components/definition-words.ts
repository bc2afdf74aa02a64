import type { Assignee, Definition, DocumentStep, RuleGroup, RuleRow, RuleSource } from '@/api/types';

/** How a field is called; its key where nobody says more. */
export type Labels = (field: string) => string;
const keys: Labels = (field) => field;

/** The labels of a definition's fields. */
export function labelsOf(document: Definition): Labels {
  const labels = new Map((document.form?.fields ?? []).map((field) => [field.name, field.label]));
  return (field) => labels.get(field) || field;
}

/** A rule as people read it: its rows in words, or the CEL text where only that exists, with fields by their labels. */
export function ruleWords(source: RuleSource | undefined | null, labels: Labels = keys): string {
  if (!source) return '';
  if (typeof source === 'string') return labels === keys ? source : named(source, labels);
  return groupWords(source.rows, labels);
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
  beginsWith: 'begins with',
  endsWith: 'ends with',
  in: 'is one of',
  notIn: 'is none of',
  null: 'is empty',
  notNull: 'is not empty',
  between: 'is between',
  notBetween: 'is not between',
};

function groupWords(group: RuleGroup, labels: Labels): string {
  const rows = (group.rules ?? group.rows ?? []).map((row) => rowWords(row, labels)).filter(Boolean);
  const joined = rows.join(group.combinator === 'or' || group.match === 'any' ? ' or ' : ' and ');
  return group.not ? `not (${joined})` : joined;
}

function rowWords(row: RuleRow, labels: Labels): string {
  if (row.rules || row.rows) return `(${groupWords(row, labels)})`;
  const value = Array.isArray(row.value) ? row.value.join(', ') : row.value;
  const name = row.field ?? row.variable;
  return [name && labels(name.replace(/^form\./, '')), operators[row.operator ?? ''] ?? row.operator, value]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ');
}

/** What a step does, as the heading of its card. */
export const stepKind: Record<string, string> = {
  start: 'Start',
  task: 'People decide',
  condition: 'Decides by itself',
  end: 'End',
};

const whom = (assignee: Assignee) => (assignee.of === 'last' ? 'the person before' : 'the requester');

type Names = (step: string | undefined) => string;
type Words = (assignee: Assignee, names: Names, labels: Labels) => string;

const strategies: Record<string, Words> = {
  chosen: () => 'Somebody whom the person before chooses',
  rule: (a) =>
    ({ round_robin: 'The next in turn', least_loaded: 'Who has the least open work', claim: 'Whoever takes it first' })[
      a.pick ?? ''
    ] ?? 'The one person who matches',
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

/** Who decides a step, and by which rule they are found. */
export function whoDecides(
  step: DocumentStep,
  names: Names,
  labels: Labels = keys,
): { who: string; rule?: string } | undefined {
  const { assignee } = step;
  if (!assignee) return undefined;
  const words = strategies[assignee.strategy];
  return {
    who: words ? words(assignee, names, labels) : assignee.strategy,
    rule: ruleWords(assignee.candidates, labels) || undefined,
  };
}

/** The name of a step; its id with a capital letter where it has none. */
export function stepName(step: DocumentStep): string {
  return step.name || step.id.charAt(0).toUpperCase() + step.id.slice(1).replaceAll('_', ' ');
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
