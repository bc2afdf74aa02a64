import type { Definition, DocumentField, DocumentStep, DocumentTransition } from '@/api/types';
import { fieldsOf, kindOf, layoutOf, namesIn, type RuleSource, stepsOf, titled, walk } from '@/lib/definition';
import { furtherWords, type Labels, labelsOf, ruleWords, stepName, whoDecides } from '../definition-words';

/** One thing that differs: what it was and what it is, each absent where there was or is none. */
export type Detail = { what: string; before?: string; after?: string };
export type Change = 'added' | 'removed' | 'changed';
/** A step, a field or the workflow itself, and what differs in it. */
export type Difference = { id: string; name: string; change: Change; details: Detail[] };
export type Comparison = { workflow: Detail[]; fields: Difference[]; layout: boolean; steps: Difference[] };

/** What changed from one definition to another, in people's words. Fields and steps are the same when their names and ids are. */
export function compare(before: Definition, after: Definition): Comparison {
  const now = new Set(fieldsOf(after).map((f) => f.name));
  const both = new Set(fieldsOf(before).flatMap((f) => (now.has(f.name) ? [f.name] : [])));
  return {
    workflow: workflowDetails(before, after),
    fields: differences(
      fieldsOf(before),
      fieldsOf(after),
      (f) => f.name,
      fieldName,
      (a, b) => fieldDetails(a, b, before, after),
    ),
    layout: shape(before, both) !== shape(after, both),
    steps: differences(
      stepsOf(before),
      stepsOf(after),
      (s) => s.id,
      stepName,
      (a, b) => stepDetails(a, b, before, after),
    ),
  };
}

export const isSame = (c: Comparison): boolean =>
  c.workflow.length + c.fields.length + c.steps.length === 0 && !c.layout;

const fieldName = (field: DocumentField) => field.label || titled(field.name);

function differences<T>(
  before: T[],
  after: T[],
  id: (thing: T) => string,
  name: (thing: T) => string,
  details: (a: T | undefined, b: T | undefined) => Detail[],
): Difference[] {
  const [old, now] = [new Map(before.map((t) => [id(t), t])), new Map(after.map((t) => [id(t), t]))];
  const gone = before.flatMap((a): Difference[] =>
    now.has(id(a)) ? [] : [{ id: id(a), name: name(a), change: 'removed', details: [] }],
  );
  const rest = after.flatMap((b): Difference[] => {
    const a = old.get(id(b));
    const found = details(a, b);
    if (!a) return [{ id: id(b), name: name(b), change: 'added', details: found }];
    return found.length > 0 ? [{ id: id(b), name: name(b), change: 'changed', details: found }] : [];
  });
  return [...rest, ...gone];
}

/** Collects what differs; two absent values are the same. */
class Details {
  readonly list: Detail[] = [];
  add(what: string, before: string | undefined, after: string | undefined): void {
    const [a, b] = [before || undefined, after || undefined];
    if (a !== b) this.list.push({ what, before: a, after: b });
  }
}

const rule = (source: RuleSource | undefined, labels: Labels) => (source ? ruleWords(source, labels) : undefined);
const yes = (value: unknown) => (value ? 'Yes' : undefined);
const plain = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

function workflowDetails(before: Definition, after: Definition): Detail[] {
  const d = new Details();
  const [la, lb] = [labelsOf(before), labelsOf(after)];
  d.add('Name', before.name, after.name);
  d.add('Description', before.description, after.description);
  d.add('Group', before.group, after.group);
  d.add('Icon', before.icon, after.icon);
  d.add('Prefix of numbers', before.prefix, after.prefix);
  d.add('Title of a request', rule(before.title, la), rule(after.title, lb));
  d.add(
    'Who sees and starts it',
    rule(before.visible_to, la) ?? 'Everybody',
    rule(after.visible_to, lb) ?? 'Everybody',
  );
  d.add(
    'Requesters may decide their own requests',
    yes(before.duties?.initiator_decides),
    yes(after.duties?.initiator_decides),
  );
  d.add('Who approved once is not asked again', yes(before.duties?.skip_repeated), yes(after.duties?.skip_repeated));
  d.add('Never decided by the same person', pairs(before), pairs(after));
  d.add('Enters an absence', plain(before.absence), plain(after.absence));
  d.add('Time limits', plain(before.sla), plain(after.sla));
  d.add('Notifications', plain(before.notify), plain(after.notify));
  const names = new Set([...(before.params ?? []), ...(after.params ?? [])].map((p) => p.name));
  for (const name of names) {
    const [a, b] = [before.params?.find((p) => p.name === name), after.params?.find((p) => p.name === name)];
    const said = (p: typeof a) =>
      p && [plain(p.value) ?? 'to be filled in', p.ask && 'asked for in copies'].filter(Boolean).join(', ');
    d.add(`Parameter “${b?.label || a?.label || titled(name)}”`, said(a), said(b));
  }
  return d.list;
}

function pairs(doc: Definition): string | undefined {
  const name = namer(doc);
  return doc.duties?.apart?.map(([a, b]) => `${name(a)} and ${name(b)}`).join('; ');
}

const namer = (doc: Definition) => (id: string | undefined) => {
  const step = stepsOf(doc).find((s) => s.id === id);
  return step ? stepName(step) : (id ?? '');
};

/** Settings of a field that are said as they are. */
const settings = {
  label: 'Label',
  help: 'Help',
  placeholder: 'Placeholder',
  required: 'Required',
  default: 'Default',
  min: 'At least',
  max: 'At most',
  decimals: 'Decimals',
  min_length: 'Shortest',
  max_length: 'Longest',
  pattern: 'Pattern',
  min_rows: 'Rows at least',
  max_rows: 'Rows at most',
  unit: 'Unit',
  display: 'Shown as',
} as const satisfies Partial<Record<keyof DocumentField, string>>;
const ruled = {
  default_rule: 'Default',
  calculate: 'Calculated',
  visible_when: 'Shown when',
  people: 'Who can be chosen',
} as const satisfies Partial<Record<keyof DocumentField, string>>;

function fieldDetails(
  a: DocumentField | undefined,
  b: DocumentField | undefined,
  before: Definition,
  after: Definition,
): Detail[] {
  const d = new Details();
  const [la, lb] = [labelsOf(before), labelsOf(after)];
  d.add('Type', a?.type && titled(a.type), b?.type && titled(b.type));
  for (const [member, what] of Object.entries(settings)) {
    const name = member as keyof typeof settings;
    // The label of a new field is its name in the list already.
    if (a || name !== 'label') d.add(what, plain(a?.[name]), plain(b?.[name]));
  }
  for (const [member, what] of Object.entries(ruled)) {
    const name = member as keyof typeof ruled;
    d.add(what, rule(a?.[name], la), rule(b?.[name], lb));
  }
  d.add('Choices', options(a), options(b));
  d.add('Currencies', a?.currencies?.join(', '), b?.currencies?.join(', '));
  d.add('Checks', checks(a, la), checks(b, lb));
  const columns = differences(
    a?.columns ?? [],
    b?.columns ?? [],
    (c) => c.name,
    fieldName,
    (x, y) => fieldDetails(x, y, before, after),
  );
  for (const column of columns) {
    const what = `Column “${column.name}”`;
    if (column.change === 'removed') d.add(what, 'There', undefined);
    else if (column.change === 'added') d.add(what, undefined, 'There');
    else for (const inner of column.details) d.list.push({ ...inner, what: `${what}: ${inner.what}` });
  }
  return d.list;
}

const options = (field: DocumentField | undefined) => field?.options?.map((o) => o.label || o.value).join(', ');
const checks = (field: DocumentField | undefined, labels: Labels) =>
  field?.rules?.map(({ check, message }) => `${rule(check, labels)}, else “${message}”`).join('; ');

function stepDetails(
  a: DocumentStep | undefined,
  b: DocumentStep | undefined,
  before: Definition,
  after: Definition,
): Detail[] {
  const d = new Details();
  const [la, lb] = [labelsOf(before), labelsOf(after)];
  if (a) d.add('Name', stepName(a), b && stepName(b));
  d.add('What it does', a && kind(a), b && kind(b));
  d.add('Description', a?.description, b?.description);
  d.add('Who decides', a && decides(a, before, la), b && decides(b, after, lb));
  d.add('Ends with', a?.outcome, b?.outcome);
  d.add('Further', a && furtherWords(a, la).join(' '), b && furtherWords(b, lb).join(' '));
  d.add('Reject', builtIn(a?.reject), builtIn(b?.reject));
  d.add('Send back', builtIn(a?.send_back), builtIn(b?.send_back));
  d.add('Not asked again after changes of', a?.unbound?.join(', '), b?.unbound?.join(', '));
  d.add('Time limits', plain(a?.sla), plain(b?.sla));
  arrows(d, a, b, { before, after, la, lb });
  const names = new Set([...Object.keys(a?.fields ?? {}), ...Object.keys(b?.fields ?? {})]);
  for (const name of names) {
    const label = lb(name) === name ? la(name) : lb(name);
    d.add(`Field “${label}”`, a && mode(a, name), b && mode(b, name));
  }
  return d.list;
}

const kind = (step: DocumentStep) => titled(step.type);
const mode = (step: DocumentStep, name: string) => {
  const said = step.fields?.[name];
  return said ? titled(said) : 'As usual';
};

function decides(step: DocumentStep, doc: Definition, labels: Labels): string | undefined {
  const found = whoDecides(step, namer(doc), labels);
  if (!found) return undefined;
  const groups = found.groups?.map((g) => `${g.name}: ${g.who}${g.rule ? ` (${g.rule})` : ''}`).join('; ');
  return [found.who, found.rule, groups].filter(Boolean).join(': ');
}

function builtIn(b: DocumentStep['reject']): string | undefined {
  if (!b) return undefined;
  if (b.off) return 'Off';
  return [
    b.name && `called “${b.name}”`,
    b.to?.length && `to ${b.to.join(', ')}`,
    b.comment === 'optional' && 'without a reason',
  ]
    .filter(Boolean)
    .join(', ');
}

type Sides = { before: Definition; after: Definition; la: Labels; lb: Labels };

function arrows(
  d: Details,
  a: DocumentStep | undefined,
  b: DocumentStep | undefined,
  { before, after, la, lb }: Sides,
): void {
  const said = (t: DocumentTransition | undefined, doc: Definition, labels: Labels) =>
    t &&
    [
      `to ${namer(doc)(t.to)}`,
      t.kind && t.kind !== 'forward' && t.kind,
      t.when && `when ${rule(t.when, labels)}`,
      t.comment === 'required' && 'needs a reason',
    ]
      .filter(Boolean)
      .join(', ');
  const ids = new Set([...(a?.transitions ?? []), ...(b?.transitions ?? [])].map((t) => t.id));
  for (const id of ids) {
    const [x, y] = [a?.transitions?.find((t) => t.id === id), b?.transitions?.find((t) => t.id === id)];
    const called = (t: DocumentTransition | undefined, doc: Definition) => t && (t.name || namer(doc)(t.to));
    const name = called(y, after) ?? called(x, before) ?? id;
    d.add(`Way “${name}”`, said(x, before, la), said(y, after, lb));
    if (x && y) d.add(`Way “${name}”: called`, called(x, before), called(y, after));
  }
  const order = (s: DocumentStep | undefined, other: DocumentStep | undefined) =>
    s?.transitions?.flatMap((t) => (other?.transitions?.some((u) => u.id === t.id) ? [t.id] : [])).join(' ');
  if (order(a, b) !== order(b, a)) d.list.push({ what: 'Order of the ways', before: order(a, b), after: order(b, a) });
}

/** How the fields that both have are arranged, frames around them included. */
function shape(doc: Definition, both: Set<string>): string {
  const parts: string[] = [];
  walk(layoutOf(doc), (item, _path, depth) => {
    const kind = kindOf(item);
    const kept = namesIn(item).filter((name) => both.has(name));
    if (kind === 'field' && kept.length === 0) return;
    parts.push([depth, kind, item.section ?? item.tabs?.map((tab) => tab.label) ?? '', ...kept].join(' '));
  });
  return parts.join('\n');
}
