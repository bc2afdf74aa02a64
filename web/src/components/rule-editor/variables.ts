import type { Definition, DocumentField, DocumentStep, Option, Out } from '@/api/types';
import type { Param } from '@/lib/definition/document';
import type { Kind } from '@/lib/rule';
import { stepName } from '../definition-words';
import { fieldType } from '../form-renderer/fields/registry';

/** Where the values of a variable are looked up: people, or what the directory knows of them. */
export type Picks = 'user' | 'department' | 'department_name' | 'role' | 'designation';

/** Something that a rule may look at. */
export type Variable = {
  /** As rules have it: "form.days", "user.department". */
  name: string;
  /** As people call it, clear without its group: "Department of the requester". */
  label: string;
  kind: Kind;
  group: string;
  options?: Option[];
  picks?: Picks;
};

/** What the organization knows of its people beyond what everybody has. */
export type Attribute = Out<'attributes.list'>['items'][number];

/** Every variable that rules of a workflow may use; with `about`, also the person who is looked at. */
export function variablesOf(document: Definition, about?: 'people', custom: readonly Attribute[] = []): Variable[] {
  return [
    ...(about ? person('user', 'Person', '', custom) : []),
    ...(document.form?.fields ?? []).flatMap((field) => fieldVariables('form', 'Form', field)),
    ...person('initiator', 'Requester', ' of the requester', custom),
    ...person('assignee', 'Person before', ' of the person before', custom),
    ...request(document),
    ...(document.params ?? []).flatMap((param) => fieldVariables('params', 'Parameters', param)),
    ...surroundings,
  ];
}

/** What is known before a request is started: what may decide who sees a workflow. */
export const beforeStart = (variables: Variable[]): Variable[] =>
  variables.filter(({ name }) => /^(user|org|params)\.|^(now|today)$/.test(name));

/** What every person has, in the order in which it is offered. The same list as on the server. */
const everybody: [name: string, label: string, kind: Kind, more?: Pick<Variable, 'picks' | 'options'>][] = [
  ['department', 'Department', 'text', { picks: 'department' }],
  ['designation', 'Job title', 'text', { picks: 'designation' }],
  ['roles', 'Roles', 'list', { picks: 'role' }],
  ['level', 'Level', 'text'],
  ['level_rank', 'Rank of the level', 'number'],
  ['manager', 'Manager', 'text', { picks: 'user' }],
  ['location', 'Location', 'text'],
  ['city', 'City', 'text'],
  ['state', 'State or province', 'text'],
  ['country', 'Country', 'text'],
  ['id', 'Person', 'text', { picks: 'user' }],
  ['name', 'Name', 'text'],
  ['email', 'Email address', 'text'],
  ['department_name', 'Name of the department', 'text', { picks: 'department_name' }],
  [
    'status',
    'Account',
    'text',
    {
      options: [
        { value: 'active', label: 'Active' },
        { value: 'disabled', label: 'Disabled' },
      ],
    },
  ],
];

function person(root: string, group: string, of: string, custom: readonly Attribute[]): Variable[] {
  const built = everybody.map(([name, label, kind, more]) => ({
    name: `${root}.${name}`,
    label: name === 'id' && of ? group : label + of,
    kind,
    group,
    ...more,
  }));
  const own = custom.map(({ key, label, kind }) => ({ name: `${root}.${key}`, label: label + of, kind, group }));
  return [...built, ...own];
}

/** A field as rules see it: money and a range of dates by their parts, a table as a whole. */
function fieldVariables(root: string, group: string, field: DocumentField | Param): Variable[] {
  const kind = fieldType(field.type).kind;
  const name = `${root}.${field.name}`;
  const label = field.label || field.name;
  const { options, currencies } = field as Partial<DocumentField>;
  const part = (of: string, says: string, its: Kind, offered?: Option[]): Variable => ({
    name: `${name}.${of}`,
    label: `${label}: ${says}`,
    kind: its,
    group,
    ...(offered && { options: offered }),
  });
  switch (kind) {
    case undefined:
      return [];
    case 'money':
      return [
        part('amount', 'amount', 'number'),
        part(
          'currency',
          'currency',
          'text',
          currencies?.map((value) => ({ value })),
        ),
      ];
    case 'range':
      return [part('from', 'first day', 'date'), part('to', 'last day', 'date')];
  }
  const picks = field.type === 'user' || field.type === 'department' ? field.type : undefined;
  return [{ name, label, kind, group, ...(options?.length && { options }), ...(picks && { picks }) }];
}

const states: Record<string, string> = {
  draft: 'Draft',
  queued: 'Queued',
  running: 'Under way',
  held: 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  failed: 'Failed',
};

function request({ steps = [] }: Definition): Variable[] {
  const places = steps.map((step) => ({ value: step.id, label: stepName(step) }));
  const group = 'Request';
  return [
    { name: 'step', label: 'Step at hand', kind: 'text', group, options: places },
    { name: 'run.at', label: 'Steps where the request is', kind: 'list', group, options: places },
    { name: 'run.number', label: 'Number of the request', kind: 'text', group },
    {
      name: 'run.status',
      label: 'State of the request',
      kind: 'text',
      group,
      options: Object.entries(states).map(([value, label]) => ({ value, label })),
    },
    { name: 'run.round', label: 'Round of the request', kind: 'number', group },
    { name: 'run.started_at', label: 'Start of the request', kind: 'timestamp', group },
    { name: 'prev.step', label: 'Step before', kind: 'text', group, options: places },
    { name: 'prev.transition', label: 'Decision before', kind: 'text', group, options: decisions(steps) },
    {
      name: 'prev.kind',
      label: 'Kind of the decision before',
      kind: 'text',
      group,
      options: [
        { value: 'approve', label: 'For it' },
        { value: 'reject', label: 'Against it' },
        { value: 'forward', label: 'Passed on' },
      ],
    },
    { name: 'prev.outcome', label: 'Outcome of the started request', kind: 'text', group },
    { name: 'prev.outcomes', label: 'Outcomes of the started requests', kind: 'list', group },
    { name: 'prev.number', label: 'Number of the started request', kind: 'text', group },
  ];
}

/** What can be decided anywhere, once by each id. */
function decisions(steps: DocumentStep[]): Option[] {
  const names = new Map<string, string>();
  for (const { id, name } of steps.flatMap((step) => step.transitions ?? [])) {
    if (!names.has(id)) names.set(id, name || id);
  }
  return [...names].map(([value, label]) => ({ value, label }));
}

const surroundings: Variable[] = [
  { name: 'today', label: 'Today', kind: 'date', group: 'Time and organization' },
  { name: 'now', label: 'Now', kind: 'timestamp', group: 'Time and organization' },
  { name: 'org.name', label: 'Name of the organization', kind: 'text', group: 'Time and organization' },
  { name: 'org.slug', label: 'Short name of the organization', kind: 'text', group: 'Time and organization' },
  { name: 'org.zone', label: 'Time zone of the organization', kind: 'text', group: 'Time and organization' },
];
