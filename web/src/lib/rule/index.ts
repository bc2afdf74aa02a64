/**
 * The rules of a workflow in the browser, for instant feedback: the same language, the same results
 * as on the server (internal/core/rule), which alone decides. Both are held against
 * internal/core/rule/testdata/corpus.json.
 */
import { compile, evaluate, type Scope } from './evaluate';
import { type Expr, partsOf } from './parse';
import { RuleError } from './tokens';
import { Civil, Group, Moment, orgSchema, personSchema, prevSchema, runSchema, type Schema, toJSON } from './values';

export { RuleError } from './tokens';
export type { Kind, Schema, Type } from './values';

/** The values of variables as they come from JSON. */
export type Input = {
  form?: Record<string, unknown>;
  step?: string;
  now?: string;
  today?: string;
  [group: string]: unknown;
};

/**
 * The kinds of the variables that a workflow or an organization declares. Without them, those of
 * people, parameters and context are told from what their values look like.
 */
export type Schemas = { form?: Schema; user?: Schema; params?: Schema; context?: Schema };

/** The variables that rules may name. `user` exists only where somebody is considered. */
export function scopeOf(input: Input, schemas: Schemas): Scope {
  const scope: Scope = {
    step: input.step || null,
    now: moment(input.now),
    today: (input.today && Civil.parse(input.today)) || null,
  };
  const group = (name: string, schema: Schema, open = false, lenient = false) => {
    scope[name] = new Group(name, (input[name] ?? {}) as Record<string, unknown>, schema, { open, lenient });
  };
  group('form', schemas.form ?? {});
  for (const name of input.user ? ['user', 'initiator', 'assignee'] : ['initiator', 'assignee']) {
    group(name, { ...personSchema, ...schemas.user }, !schemas.user, true);
  }
  group('params', schemas.params ?? {}, !schemas.params);
  group('context', schemas.context ?? {}, !schemas.context);
  group('run', runSchema);
  group('prev', prevSchema);
  group('org', orgSchema);
  return scope;
}

function moment(text: string | undefined): Moment | null {
  const found = text ? Moment.parse(text) : undefined;
  return found ? new Moment(found.ms) : null;
}

/** Evaluates a condition. Throws RuleError when it has no answer; that never means true. */
export function holds(text: string, scope: Scope): boolean {
  const value = evaluate(compile(text), scope);
  if (typeof value !== 'boolean') throw new RuleError('the result is empty');
  return value;
}

/** Evaluates a calculation to a JSON value. Throws RuleError when it has no result. */
export const calculate = (text: string, scope: Scope): unknown => toJSON(evaluate(compile(text), scope));

/** The fields of the form that a rule mentions; none when it cannot be read. */
export function formRefs(text: string): string[] {
  const found = new Set<string>();
  const walk = (expr: Expr): void => {
    if (expr.is === 'part' && expr.of.is === 'name' && expr.of.name === 'form') found.add(expr.name);
    partsOf(expr).forEach(walk);
  };
  try {
    walk(compile(text));
  } catch {
    return [];
  }
  return [...found];
}

/** What keeps a text from being read as a rule; undefined when nothing does. */
export function readRule(text: string): string | undefined {
  try {
    compile(text);
    return undefined;
  } catch (error) {
    return (error as RuleError).message;
  }
}

/** Every variable that a rule names, those of its own among them; undefined when it cannot be read. */
export function namesIn(text: string): string[] | undefined {
  const found = new Set<string>();
  const walk = (expr: Expr): void => {
    if (expr.is === 'name') found.add(expr.name);
    partsOf(expr).forEach(walk);
  };
  try {
    walk(compile(text));
  } catch {
    return undefined;
  }
  return [...found];
}
