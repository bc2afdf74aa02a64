/**
 * The definition document as designers edit it and the API exchanges it; its members are explained
 * in internal/core/workflow/document.go and internal/core/form/form.go. What is absent is not set.
 */

/** A rule: CEL text, or rows of variable, operator, value. */
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
  valueSource?: string;
};

export type DocumentOption = { value: string; label?: string };
export type DocumentField = {
  name: string;
  type: string;
  label?: string;
  help?: string;
  placeholder?: string;
  required?: boolean;
  default?: unknown;
  default_rule?: RuleSource;
  calculate?: RuleSource;
  visible_when?: RuleSource;
  rules?: { check: RuleSource; message: string }[];
  min?: number;
  max?: number;
  decimals?: number;
  min_length?: number;
  max_length?: number;
  pattern?: string;
  min_rows?: number;
  max_rows?: number;
  currencies?: string[];
  options?: DocumentOption[];
  display?: string;
  unit?: string;
  columns?: DocumentField[];
  people?: RuleSource;
};

/** One node of a form's layout: one of its members is set, beside `items` of a section. */
export type LayoutItem = {
  field?: string;
  section?: string;
  items?: LayoutItem[];
  columns?: LayoutItem[];
  rows?: LayoutItem[];
  grid?: LayoutItem[];
  tabs?: { label: string; items: LayoutItem[] }[];
  divider?: boolean;
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
export type VoteGroup = { id: string; name?: string; assignee?: Assignee; need?: string | number };
/** Several people decide a step together. */
export type DocumentVote = {
  need?: string | number;
  sequence?: boolean;
  veto?: boolean;
  groups?: VoteGroup[];
};
export type DocumentTransition = {
  id: string;
  name?: string;
  to: string;
  kind?: string;
  when?: RuleSource;
  comment?: string;
};
export type Builtin = { off?: boolean; name?: string; to?: string[]; comment?: string };
export type Sla = {
  limit?: string;
  soft?: string;
  hard?: string;
  calendar?: string;
  remind?: string[];
  escalate?: string;
};
export type Notify = { events?: unknown; stakeholders?: string[] };
export type Starts = {
  workflow: string;
  by?: string;
  each?: string;
  values?: Record<string, RuleSource>;
  copy?: Record<string, string>;
  take?: Record<string, string>;
  wait?: string | number;
  rest?: string;
};
export type FieldMode = 'hidden' | 'read' | 'edit' | 'required';
export type DocumentStep = {
  id: string;
  type: string;
  name?: string;
  description?: string;
  assignee?: Assignee;
  transitions?: DocumentTransition[];
  fields?: Record<string, string>;
  reject?: Builtin;
  send_back?: Builtin;
  vote?: DocumentVote;
  unbound?: string[];
  without?: string[];
  wait?: { for?: string | number; until?: RuleSource };
  starts?: Starts;
  outcome?: string;
  sla?: Sla;
  notify?: Notify;
};
export type Param = { name: string; label?: string; type: string; value?: unknown; ask?: boolean };
export type Point = [x: number, y: number];
export type Definition = {
  key: string;
  name: string;
  description?: string;
  group?: string;
  icon?: string;
  prefix?: string;
  title?: RuleSource;
  visible_to?: RuleSource;
  params?: Param[];
  form?: { fields?: DocumentField[]; layout?: LayoutItem[] };
  steps?: DocumentStep[];
  sla?: Sla;
  notify?: Notify;
  duties?: { initiator_decides?: boolean; apart?: [string, string][]; skip_repeated?: boolean };
  absence?: { outcome: string; from?: string; until?: string; period?: string; stand_in?: string };
  audiences?: Record<string, Record<string, string>>;
  canvas?: Record<string, Point>;
};

export const stepsOf = (doc: Definition): DocumentStep[] => doc.steps ?? [];
export const fieldsOf = (doc: Definition): DocumentField[] => doc.form?.fields ?? [];
export const stepOf = (doc: Definition, id: string): DocumentStep | undefined => stepsOf(doc).find((s) => s.id === id);
export const fieldOf = (doc: Definition, name: string): DocumentField | undefined =>
  fieldsOf(doc).find((f) => f.name === name);

/** A copy with some members set, and those that are undefined, empty or false away: what is not said is not written. */
export function patched<T extends object>(whole: T, patch: Partial<T>): T {
  const out = { ...whole } as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) {
    if (said(value)) out[name] = value;
    else delete out[name];
  }
  return out as T;
}

function said(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** A document as it comes from the server: in a layout a plain text stands for a field. */
export function opened(raw: unknown): Definition {
  const doc = raw as Definition;
  if (!doc.form?.layout) return doc;
  return { ...doc, form: { ...doc.form, layout: doc.form.layout.map(openedItem) } };
}

function openedItem(raw: LayoutItem | string): LayoutItem {
  if (typeof raw === 'string') return { field: raw };
  const out = { ...raw };
  for (const name of ['items', 'columns', 'rows', 'grid'] as const)
    if (raw[name]) out[name] = raw[name].map(openedItem);
  if (raw.tabs) out.tabs = raw.tabs.map((tab) => ({ ...tab, items: (tab.items ?? []).map(openedItem) }));
  return out;
}
