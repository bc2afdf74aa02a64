/**
 * The shapes of the API, from its description: schema.d.ts is generated from docs/openapi.json by
 * `make generate` and read here alone. Verbs, what they take and what they answer are typed from it;
 * only the definition document, which the description leaves open, is spelled out below, as far as
 * the read-only view shows it.
 */
import type { components, paths } from './schema';

type Schemas = components['schemas'];

export type Can = Record<string, boolean>;
export type Values = Record<string, unknown>;
export type Page<T> = { items: T[]; next_cursor?: string };

export type Person = Schemas['Person'];
export type User = Schemas['User'];
export type Me = Schemas['Me'];
export type Session = Schemas['Session'];
export type Absence = Schemas['Absence'];
export type Department = Schemas['Department'];
export type Candidate = Person & { reason?: string; away_until?: string };

export type WorkflowRef = Schemas['WorkflowRef'];
export type WorkflowSummary = Schemas['WorkflowSummary'];
export type WorkflowStatistics = Schemas['WorkflowStatistics'];
export type StepMeasure = Schemas['StepMeasure'];
export type WorkflowGroup = Schemas['WorkflowGroup'];
export type Workflow = Omit<Schemas['Workflow'], 'document'> & { document: Definition };

export type Mode = 'read' | 'edit' | 'required';
export type Option = { value: string; label?: string };
/** A field as a form draws it. What is written in forms is checked by the server; the mode has three words. */
export type FieldView = Omit<Schemas['FieldView'], 'mode' | 'options' | 'columns'> & {
  mode: Mode;
  options?: Option[];
  columns?: FieldView[];
};
export type Item = Schemas['LayoutItem'];
export type FormView = { fields: FieldView[]; layout: Item[] };
/** What rules may read besides the form. */
export type RuleContext = Record<string, unknown>;

export type Choice = Schemas['Choice'];
export type NextStep = Schemas['NextStep'];
export type Assignees = Record<string, string[]>;
type WithForm<T> = Omit<T, 'form' | 'values'> & { form: FormView; values: Values };
export type Prepared = WithForm<Schemas['Prepared']>;
export type Run = WithForm<Schemas['Run']>;
export type RelatedRun = Schemas['RelatedRun'];
export type RunRow = Schemas['RunRow'];
export type RunStatus = Run['status'];
export type FieldChange = Schemas['FieldChange'];
export type Visit = Schemas['Visit'];
export type OpenTask = Schemas['OpenTask'];
export type Task = Schemas['Task'];
export type TaskRow = Schemas['TaskRow'];
export type TransitionView = Schemas['Transition'];
export type SendBackTarget = Schemas['BackTarget'];
export type HistoryItem = Schemas['HistoryEntry'];

type Paths = keyof paths;
export type Verb = { [P in Paths]: P extends `/api/v1/${infer V}` ? V : never }[Paths];
type Post<V extends Verb> = paths[`/api/v1/${V}`]['post'];
export type In<V extends Verb> =
  Post<V> extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : Record<string, never>;
type Described<V extends Verb> =
  Post<V> extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never;

/** Answers that are known better here than they are described. */
type Known = {
  'workflows.get': Workflow;
  'runs.prepare': Prepared;
} & Record<RunVerb, Run>;
type RunVerb = { [V in Verb]: Schemas['Run'] extends Described<V> ? V : never }[Verb];
export type Out<V extends Verb> = V extends keyof Known ? Known[V] : Described<V>;

/** Verbs that answer pages and therefore take a cursor. */
export type ListVerb = { [V in Verb]: 'next_cursor' extends keyof Described<V> ? V : never }[Verb];
export type Row<V extends ListVerb> = Described<V> extends Page<infer T> ? T : never;
export type SavedView = Schemas['View'];
export type Decided = Schemas['Decided'];
export type TaskView = NonNullable<Schemas['TaskFilter']['view']>;

/** The definition document. */
export type RuleSource = string | { rows: RuleGroup };
export type RuleGroup = {
  match?: string;
  combinator?: string;
  not?: boolean;
  rules?: RuleRow[];
  rows?: RuleRow[];
};
export type RuleRow = RuleGroup & {
  variable?: string;
  field?: string;
  operator?: string;
  value?: unknown;
  /** "field" where the value names another variable. */
  valueSource?: string;
};
export type DocumentField = Omit<FieldView, 'mode' | 'calculate' | 'visible_when' | 'rules' | 'columns'> & {
  calculate?: RuleSource;
  visible_when?: RuleSource;
  rules?: { check: RuleSource; message: string }[];
  columns?: DocumentField[];
};
export type Assignee = {
  strategy: string;
  candidates?: RuleSource;
  pick?: string;
  of?: string;
  levels?: number;
  step?: string;
  user?: string;
  users?: string[];
  role?: string;
  field?: string;
  department?: string;
};
/** Several people decide a step together. */
export type DocumentVote = {
  need?: string | number;
  sequence?: boolean;
  veto?: boolean;
  groups?: { id: string; name?: string; assignee?: Assignee; need?: string | number }[];
};
export type DocumentTransition = {
  id: string;
  name?: string;
  to: string;
  kind?: string;
  when?: RuleSource;
  comment?: string;
};
export type DocumentStep = {
  id: string;
  type: string;
  name?: string;
  description?: string;
  assignee?: Assignee;
  transitions?: DocumentTransition[];
  fields?: Record<string, string>;
  reject?: { off?: boolean; name?: string };
  send_back?: { off?: boolean; name?: string; to?: string[] };
  vote?: DocumentVote;
  without?: string[];
  wait?: { for?: string | number; until?: RuleSource };
  starts?: {
    workflow: string;
    by?: string;
    each?: string;
    values?: Record<string, RuleSource>;
    copy?: Record<string, string>;
    take?: Record<string, string>;
    wait?: string | number;
    rest?: string;
  };
  outcome?: string;
  sla?: { limit?: string; escalate?: string };
};
/** What whoever takes a workflow over fills in; rules read it as params.name. */
export type DocumentParam = { name: string; label?: string; type: string; value?: unknown; ask?: boolean };
export type Definition = {
  key: string;
  name: string;
  description?: string;
  visible_to?: RuleSource;
  params?: DocumentParam[];
  form?: { fields?: DocumentField[]; layout?: unknown[] };
  steps?: DocumentStep[];
  duties?: { initiator_decides?: boolean; apart?: [string, string][]; skip_repeated?: boolean };
};
