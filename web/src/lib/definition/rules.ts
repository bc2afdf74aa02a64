import { type Token, tokenize } from '../rule/tokens';
import type { Assignee, Definition, DocumentField, DocumentStep, RuleGroup, RuleRow, RuleSource } from './document';

type Rewrite = (source: RuleSource) => RuleSource;

/** A copy of the document in which every rule was rewritten. */
export function mapRules(doc: Definition, rewrite: Rewrite): Definition {
  const one = <T extends object, K extends keyof T>(whole: T, ...names: K[]): T => {
    const out = { ...whole };
    for (const name of names) {
      const source = whole[name] as RuleSource | undefined;
      if (source) out[name] = rewrite(source) as T[K];
    }
    return out;
  };
  const field = (f: DocumentField): DocumentField => {
    const out = one(f, 'default_rule', 'calculate', 'visible_when', 'people');
    if (f.rules) out.rules = f.rules.map((check) => one(check, 'check'));
    if (f.columns) out.columns = f.columns.map(field);
    return out;
  };
  const assignee = <T extends { assignee?: Assignee }>(whole: T): T =>
    whole.assignee ? { ...whole, assignee: one(whole.assignee, 'candidates') } : whole;
  const step = (s: DocumentStep): DocumentStep => {
    const out = assignee({ ...s });
    if (s.vote?.groups) out.vote = { ...s.vote, groups: s.vote.groups.map(assignee) };
    if (s.transitions) out.transitions = s.transitions.map((t) => one(t, 'when'));
    if (s.wait) out.wait = one(s.wait, 'until');
    if (s.starts?.values) {
      const values = Object.entries(s.starts.values).map(([name, source]) => [name, rewrite(source)] as const);
      out.starts = { ...s.starts, values: Object.fromEntries(values) };
    }
    return out;
  };
  const out = one(doc, 'title', 'visible_to');
  if (doc.form?.fields) out.form = { ...doc.form, fields: doc.form.fields.map(field) };
  if (doc.steps) out.steps = doc.steps.map(step);
  return out;
}

/** Rewrites a text token by token. What cannot be read stays: its problem is told elsewhere. */
function rewriteText(text: string, replace: (tokens: Token[], i: number) => string | undefined): string {
  let tokens: Token[];
  try {
    tokens = tokenize(text);
  } catch {
    return text;
  }
  let out = '';
  let done = 0;
  tokens.forEach((token, i) => {
    const next = replace(tokens, i);
    if (next === undefined) return;
    out += text.slice(done, token.at) + next;
    done = endOf(text, tokens, i);
  });
  return out + text.slice(done);
}

/** Where a token ends. One in quotes is longer than what it says. */
function endOf(text: string, tokens: Token[], i: number): number {
  const { at, kind, text: said } = tokens[i] as Token;
  if (kind !== 'text') return at + said.length;
  const before = text.slice(at, tokens[i + 1]?.at ?? text.length);
  return at + before.replace(/(?:\s|\/\/[^\n]*)+$/, '').length;
}

const quoted = (text: string): string => JSON.stringify(text);
const isOp = (token: Token | undefined, ...ops: string[]) => token?.kind === 'op' && ops.includes(token.text);
const isName = (token: Token | undefined, name: string) => token?.kind === 'name' && token.text === name;

/** Whether the token is the name of a field of the form: `form.` stands before it. */
const isField = (tokens: Token[], i: number) =>
  tokens[i]?.kind === 'name' && isOp(tokens[i - 1], '.') && isName(tokens[i - 2], 'form') && !isOp(tokens[i - 3], '.');

function mapRows(group: RuleGroup, variable: (name: string) => string, value: (row: RuleRow) => unknown): RuleGroup {
  const row = (r: RuleRow): RuleRow => {
    if (r.rules) return mapRows(r, variable, value);
    const out = { ...r };
    if (r.field !== undefined) out.field = variable(r.field);
    if (r.valueSource === 'field' && typeof r.value === 'string') out.value = variable(r.value);
    else if (r.value !== undefined) out.value = value(r);
    return out;
  };
  return group.rules ? { ...group, rules: group.rules.map(row) } : group;
}

/** A rule in which a field has its new name. */
export const renameInRule = (source: RuleSource, from: string, to: string): RuleSource =>
  renameAllInRule(source, new Map([[from, to]]));

/** A rule in which fields have their new names, all at the same time: one may take the name another had. */
export function renameAllInRule(source: RuleSource, names: Map<string, string>): RuleSource {
  if (typeof source === 'string') {
    return rewriteText(source, (tokens, i) => (isField(tokens, i) ? names.get(tokens[i]?.text ?? '') : undefined));
  }
  const variable = (name: string) => {
    const [head, field = '', ...rest] = name.split('.');
    const to = head === 'form' ? names.get(field) : undefined;
    return to === undefined ? name : ['form', to, ...rest].join('.');
  };
  return { rows: mapRows(source.rows, variable, (row) => row.value) };
}

/**
 * A rule in which a column of a table has its new name: in `sum(form.table, "column")` and as
 * `x.column` in `form.table.all(x, …)`.
 */
export function renameColumnInRule(source: RuleSource, table: string, from: string, to: string): RuleSource {
  if (typeof source !== 'string') return source;
  const open: { variable: string; depth: number }[] = [];
  let depth = 0;
  const follow = (tokens: Token[], i: number) => {
    if (isOp(tokens[i], '(')) {
      depth++;
      const variable = tokens[i + 1];
      if (isTable(tokens, i - 3, table) && isOp(tokens[i - 2], '.') && variable?.kind === 'name')
        open.push({ variable: variable.text, depth });
    } else if (isOp(tokens[i], ')')) {
      if (open.at(-1)?.depth === depth) open.pop();
      depth--;
    }
  };
  return rewriteText(source, (tokens, i) => {
    follow(tokens, i);
    if (tokens[i]?.kind === 'text')
      return tokens[i]?.text === from && isOp(tokens[i - 1], ',') && isTable(tokens, i - 2, table)
        ? quoted(to)
        : undefined;
    const part = isName(tokens[i], from) && isOp(tokens[i - 1], '.') && !isOp(tokens[i - 3], '.');
    return part && open.some(({ variable }) => isName(tokens[i - 2], variable)) ? to : undefined;
  });
}

const isTable = (tokens: Token[], i: number, table: string) => isField(tokens, i) && tokens[i]?.text === table;

/** A rule in which a step has its new id: beside `step`, `prev.step` and in `run.at`. */
export function renameStepInRule(source: RuleSource, from: string, to: string): RuleSource {
  if (typeof source === 'string') {
    return rewriteText(source, (tokens, i) => {
      const token = tokens[i];
      return token?.kind === 'text' && token.text === from && namesStep(tokens, i) ? quoted(to) : undefined;
    });
  }
  const place = (row: RuleRow) => ['step', 'prev.step', 'run.at'].includes(row.field ?? '');
  const value = (row: RuleRow) => {
    if (!place(row)) return row.value;
    if (Array.isArray(row.value)) return row.value.map((v) => (v === from ? to : v));
    return row.value === from ? to : row.value;
  };
  return { rows: mapRows(source.rows, (name) => name, value) };
}

function namesStep(tokens: Token[], i: number): boolean {
  const step = (token: Token | undefined) => isName(token, 'step');
  if (isOp(tokens[i - 1], '==', '!=')) return step(tokens[i - 2]);
  if (isOp(tokens[i + 1], '==', '!='))
    return step(tokens[i + 2]) || (isName(tokens[i + 2], 'prev') && step(tokens[i + 4]));
  if (isName(tokens[i + 1], 'in')) return isName(tokens[i + 2], 'run') && isName(tokens[i + 4], 'at');
  // Within a list: step in ["one", "other"].
  let open = i - 1;
  while (tokens[open]?.kind === 'text' || isOp(tokens[open], ',')) open--;
  return isOp(tokens[open], '[') && isName(tokens[open - 1], 'in') && step(tokens[open - 2]);
}

/** Whether a rule mentions a field of the form. */
export function mentionsField(source: RuleSource, name: string): boolean {
  return JSON.stringify(renameInRule(source, name, `${name}_`)) !== JSON.stringify(source);
}
