/**
 * The shapes of the API: everything the application knows about the server is said here, once.
 * `Operations` is the list of verbs; `call`, the queries and the acts are typed from it alone, so
 * a generated schema replaces this file and nothing else.
 */

export type Can = Record<string, boolean>;
export type Values = Record<string, unknown>;
export type Page<T> = { items: T[]; next_cursor?: string };
type Paged = { cursor?: string; limit?: number };
type Nothing = Record<string, never>;

export type Person = {
  id: string;
  name: string;
  email: string;
  designation?: string;
  department?: string;
  department_key?: string;
  level?: string;
  location?: string;
  status: 'active' | 'disabled';
};

export type User = Person & {
  manager?: Person;
  roles: string[];
  city?: string;
  state?: string;
  country?: string;
  level_rank?: number;
  attributes?: Record<string, unknown>;
  created_at: string;
  revision: number;
  can: Can;
};

export type Me = {
  user: Person & { manager?: Person; roles: string[]; attributes?: Record<string, unknown> };
  org: { id: string; name: string; slug: string; zone: string };
  permissions: string[];
  counts: { open_tasks: number; claimable: number; drafts: number };
};

export type Session = {
  id: string;
  created_at: string;
  last_seen_at: string;
  user_agent?: string;
  ip?: string;
  current: boolean;
};

export type Department = { id: string; key: string; name: string; head?: Person; members: number };

export type WorkflowRef = { id: string; key: string; name: string; icon?: string; group?: string };

export type WorkflowSummary = {
  id: string;
  key: string;
  name: string;
  description?: string;
  icon?: string;
  group: string;
  status: 'published' | 'draft' | 'unpublished';
  version?: number;
  owner?: Person;
  draft?: boolean;
  modified_at: string;
  can: Can;
};

export type WorkflowGroup = { key: string; name: string; count: number };
export type VersionRow = { no: number; published_at: string; published_by?: Person; note?: string };
export type Problem = { path: string; message: string; line?: number; column?: number };

/** The definition document. Only what the read-only view shows is typed. */
export type RuleSource = string | { rows: RuleGroup };
export type RuleGroup = {
  match?: string;
  combinator?: string;
  not?: boolean;
  rules?: RuleRow[];
  rows?: RuleRow[];
};
export type RuleRow = RuleGroup & { variable?: string; field?: string; operator?: string; value?: unknown };
export type DocumentField = Omit<FieldView, 'mode' | 'calculate' | 'visible_when' | 'rules' | 'columns'> & {
  required?: boolean;
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
  role?: string;
  field?: string;
  department?: string;
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
  outcome?: string;
  sla?: { limit?: string; escalate?: string };
};
export type Definition = {
  key: string;
  name: string;
  description?: string;
  visible_to?: RuleSource;
  form?: { fields?: DocumentField[]; layout?: unknown[] };
  steps?: DocumentStep[];
};
export type Workflow = WorkflowSummary & { document: Definition; problems?: Problem[]; versions: VersionRow[] };

export type Mode = 'read' | 'edit' | 'required';
export type Option = { value: string; label?: string };
export type FieldView = {
  name: string;
  type: string;
  label: string;
  help?: string;
  placeholder?: string;
  mode: Mode;
  /** Of a column: every row needs a value. */
  required?: boolean;
  options?: Option[];
  display?: string;
  min?: number;
  max?: number;
  decimals?: number;
  min_length?: number;
  max_length?: number;
  pattern?: string;
  min_rows?: number;
  max_rows?: number;
  currencies?: string[];
  unit?: string;
  calculate?: string;
  visible_when?: string;
  rules?: { check: string; message: string }[];
  columns?: FieldView[];
  default?: unknown;
};
export type Item = {
  field?: string;
  section?: string;
  items?: Item[];
  columns?: Item[];
  rows?: Item[];
  grid?: Item[];
  tabs?: { label: string; items: Item[] }[];
  divider?: boolean;
};
export type FormView = { fields: FieldView[]; layout: Item[] };
export type RuleContext = Record<string, unknown>;

export type Choice = { step_id: string; step_name: string; many?: boolean; candidates: Person[]; more?: boolean };
export type Candidate = Person & { reason?: string };
export type NextStep = { step_id: string; name: string; who: string; people?: Person[] };
export type Assignees = Record<string, string[]>;

export type Prepared = {
  workflow: WorkflowRef;
  description?: string;
  version: number;
  form: FormView;
  values: Values;
  initiator: Person;
  rule_context: RuleContext;
  choices: Choice[];
  next: NextStep[];
  /** The latest unsent draft; its values are in `values` already. */
  draft?: { run_id: string; comment?: string; saved_at: string };
  /** The people that values name, by id. */
  people?: Record<string, Person>;
};

export type RunStatus = 'draft' | 'queued' | 'running' | 'completed' | 'cancelled' | 'failed' | 'held';
export type RunRow = {
  id: string;
  number?: string;
  title: string;
  workflow: WorkflowRef;
  status: RunStatus;
  outcome?: string;
  outcome_name?: string;
  initiator: Person;
  started_at?: string;
  ended_at?: string;
  modified_at?: string;
  round?: number;
  holders: Person[];
  step_names: string[];
};
export type Visit = {
  seq: number;
  step_id: string;
  name: string;
  type: string;
  status: string;
  round?: number;
  entered_at: string;
  left_at?: string;
  decided_by?: Person[];
  transition_name?: string;
  /** Of an incident: what went wrong. */
  detail?: string;
};
export type OpenTask = {
  id: string;
  step_id: string;
  step_name: string;
  kind: string;
  assignee?: Person;
  candidates_hint?: string;
  assigned_at: string;
  status: string;
  mine: boolean;
  claimable: boolean;
  warning?: string;
};
export type TransitionView = {
  id: string;
  name: string;
  kind: 'approve' | 'reject' | 'forward';
  to_step_id?: string;
  to_step_name?: string;
  comment: 'required' | 'optional';
  builtin?: boolean;
  choices: Choice[];
};
export type SendBackTarget = { to: string; name: string; step_name?: string; comment: 'required' | 'optional' };
export type Task = {
  id: string;
  run_id: string;
  step_id: string;
  step_name: string;
  /** What the step asks of whoever holds it. */
  description?: string;
  kind: string;
  status: string;
  assignee?: Person;
  assigned_at: string;
  transitions: TransitionView[];
  send_back: SendBackTarget[];
  can: Can;
};
export type Run = {
  id: string;
  number?: string;
  title: string;
  workflow: WorkflowRef;
  version: number;
  status: RunStatus;
  outcome?: string;
  outcome_name?: string;
  reason?: string;
  initiator: Person;
  started_at?: string;
  ended_at?: string;
  revision: number;
  round: number;
  path: Visit[];
  steps: { step_id: string; name: string; type: string }[];
  tasks: OpenTask[];
  form: FormView;
  values: Values;
  rule_context: RuleContext;
  task?: Task;
  can: Can;
  /** The people that values name, by id. */
  people?: Record<string, Person>;
};
export type TaskRow = {
  id: string;
  run_id: string;
  number?: string;
  title: string;
  workflow: WorkflowRef;
  step_id: string;
  step_name: string;
  kind: string;
  initiator: Person;
  assignee?: Person;
  assigned_at: string;
  started_at?: string;
  round?: number;
  warning?: string;
  can: Can;
};
export type HistoryItem = {
  seq: number;
  type: string;
  at: string;
  actor?: Person;
  on_behalf_of?: Person;
  assignee?: Person;
  former?: Person;
  step_id?: string;
  step_name?: string;
  transition_name?: string;
  kind?: string;
  to_step_name?: string;
  round?: number;
  outcome?: string;
  reason?: string;
  detail?: string;
  warning?: string;
  fields?: { name: string; label: string }[];
  comment?: string;
};
export type Comment = { id: string; author: Person; text: string; at: string; kind: string; step_name?: string };

type Op<I, O> = { in: I; out: O };
export type TaskView = 'mine' | 'claimable';
export type RunView = 'mine' | 'involved' | 'all' | 'drafts';
export type RunFilter = {
  view?: RunView;
  status?: RunStatus[];
  workflow?: string;
  query?: string;
  from?: string;
  to?: string;
};

/** Every verb the screens use, with what it takes and what it answers. */
export type Operations = {
  'auth.login': Op<{ org: string; email: string; password: string }, { access_token: string; expires_in: number }>;
  'auth.refresh': Op<Nothing, { access_token: string; expires_in: number }>;
  'auth.logout': Op<Nothing, Nothing>;
  'me.get': Op<Nothing, Me>;
  'sessions.list': Op<Nothing, { items: Session[] }>;
  'sessions.revoke': Op<{ session_id: string }, Nothing>;
  'users.list': Op<{ query?: string; department?: string; status?: string; role?: string } & Paged, Page<User>>;
  'people.search': Op<{ query: string; limit?: number }, { items: Person[] }>;
  'departments.list': Op<Nothing, { items: Department[] }>;
  'workflows.list': Op<{ group?: string; query?: string } & Paged, Page<WorkflowSummary> & { groups: WorkflowGroup[] }>;
  'workflows.get': Op<{ workflow: string; version?: number }, Workflow>;
  'workflows.clone': Op<{ workflow: string; key: string; name: string }, WorkflowSummary>;
  'runs.prepare': Op<{ workflow: string; from_run?: string; run_id?: string }, Prepared>;
  'runs.start': Op<
    { workflow?: string; run_id?: string; values: Values; comment?: string; assignees?: Assignees },
    Run
  >;
  'runs.save_draft': Op<
    { workflow?: string; run_id?: string; values: Values; comment?: string },
    { run_id: string; saved_at: string }
  >;
  'runs.delete_draft': Op<{ run_id: string }, Nothing>;
  'runs.list': Op<{ filter?: RunFilter } & Paged, Page<RunRow>>;
  'runs.get': Op<{ run: string }, Run>;
  'runs.history': Op<{ run_id: string } & Paged, Page<HistoryItem>>;
  'runs.candidates': Op<{ workflow: string; step_id: string; query?: string; limit?: number }, Page<Candidate>>;
  'runs.retry': Op<{ run_id: string }, Run>;
  'runs.cancel': Op<{ run_id: string; comment: string }, Run>;
  'tasks.list': Op<{ filter?: { view?: TaskView; workflow?: string; query?: string } } & Paged, Page<TaskRow>>;
  'tasks.complete': Op<
    { task_id: string; transition: string; values?: Values; comment?: string; assignees?: Assignees },
    Run
  >;
  'tasks.send_back': Op<{ task_id: string; to: string; comment?: string }, Run>;
  'tasks.claim': Op<{ task_id: string }, Run>;
  'tasks.release': Op<{ task_id: string }, Run>;
  'tasks.reassign': Op<{ task_id: string; assignee_id: string; comment?: string }, Run>;
  'tasks.candidates': Op<
    { task_id: string; transition?: string; step_id?: string; query?: string; limit?: number },
    Page<Candidate>
  >;
  'comments.add': Op<{ run_id: string; text: string }, Comment>;
};

export type Verb = keyof Operations;
export type In<V extends Verb> = Operations[V]['in'];
export type Out<V extends Verb> = Operations[V]['out'];
/** Verbs that answer pages and therefore take a cursor. */
export type ListVerb = { [V in Verb]: 'next_cursor' extends keyof Out<V> ? V : never }[Verb];
export type Row<V extends ListVerb> = Out<V>['items'][number];
