import type { Assignee, DocumentStep, RuleGroup, RuleRow, RuleSource } from '@/api/types';

/** A rule as people read it: its rows in words, or the CEL text where only that exists. */
export function ruleWords(source: RuleSource | undefined | null): string {
  if (!source) return '';
  if (typeof source === 'string') return source;
  return groupWords(source.rows);
}

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

function groupWords(group: RuleGroup): string {
  const rows = (group.rules ?? group.rows ?? []).map(rowWords).filter(Boolean);
  const joined = rows.join(group.combinator === 'or' || group.match === 'any' ? ' or ' : ' and ');
  return group.not ? `not (${joined})` : joined;
}

function rowWords(row: RuleRow): string {
  if (row.rules || row.rows) return `(${groupWords(row)})`;
  const value = Array.isArray(row.value) ? row.value.join(', ') : row.value;
  return [row.field ?? row.variable, operators[row.operator ?? ''] ?? row.operator, value]
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
const rule = (assignee: Assignee) => ruleWords(assignee.candidates);

type Names = (step: string | undefined) => string;
type Words = (assignee: Assignee, names: Names) => string;

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
  field: (a) => `The person in the field “${a.field ?? ''}”`,
  department: (a) => (a.department ? `The head of ${a.department}` : `The head of the department of ${whom(a)}`),
};

/** Who decides a step, and by which rule they are found. */
export function whoDecides(step: DocumentStep, names: Names): { who: string; rule?: string } | undefined {
  const { assignee } = step;
  if (!assignee) return undefined;
  const words = strategies[assignee.strategy];
  return { who: words ? words(assignee, names) : assignee.strategy, rule: rule(assignee) || undefined };
}

/** The name of a step; its id with a capital letter where it has none. */
export function stepName(step: DocumentStep): string {
  return step.name || step.id.charAt(0).toUpperCase() + step.id.slice(1).replaceAll('_', ' ');
}

/** Where a step leads, in words: "HR (approve)", "Rejected, with a reason". */
export function leadsTo(step: DocumentStep, names: Names): { key: string; name: string; to: string; about: string }[] {
  return (step.transitions ?? []).map((t) => {
    const about = [
      t.when ? `when ${ruleWords(t.when)}` : step.type === 'condition' ? 'otherwise' : '',
      t.comment === 'required' ? 'needs a reason' : '',
    ];
    return { key: t.id, name: t.name || names(t.to), to: names(t.to), about: about.filter(Boolean).join(', ') };
  });
}
