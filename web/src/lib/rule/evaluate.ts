import { apply } from './functions';
import { type Expr, parse } from './parse';
import { RuleError } from './tokens';
import { Group, part, type Value } from './values';

/** Variables by name. What is absent cannot be named by a rule. */
export type Scope = { [name: string]: Value };

const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Evaluates an expression. Throws RuleError when it has no result. */
export function evaluate(expr: Expr, scope: Scope): Value {
  switch (expr.is) {
    case 'value':
      return expr.value;
    case 'name':
      if (!Object.hasOwn(scope, expr.name)) throw new RuleError(`there is no ${expr.name}`);
      return scope[expr.name] as Value;
    case 'part': {
      const of = evaluate(expr.of, scope);
      if (of instanceof Group) return part(of, expr.name);
      throw new RuleError(`${expr.name} belongs to nothing`);
    }
    case 'list':
      return expr.items.map((item) => evaluate(item, scope));
    case 'choose': {
      const when = evaluate(expr.when, scope);
      if (typeof when !== 'boolean') throw new RuleError('a condition in it is empty');
      return evaluate(when ? expr.then : expr.otherwise, scope);
    }
    case 'and':
    case 'or':
      return decide([expr.left, expr.right], (side) => evaluate(side, scope), expr.is === 'or');
    case 'call':
      return call(expr, scope);
  }
}

function call(expr: Expr & { is: 'call' }, scope: Scope): Value {
  if (expr.target && macros.has(expr.name) && expr.args.length === 2) return macro(expr, expr.target, scope);
  if (!expr.target)
    return apply(
      expr.name,
      expr.args.map((arg) => evaluate(arg, scope)),
    );
  return apply(
    `.${expr.name}`,
    [expr.target, ...expr.args].map((arg) => evaluate(arg, scope)),
  );
}

function macro(expr: Expr & { is: 'call' }, target: Expr, scope: Scope): Value {
  const list = evaluate(target, scope);
  const [variable, body] = expr.args as [Expr, Expr];
  if (!Array.isArray(list) || variable.is !== 'name') throw new RuleError(`${expr.name} goes over a list`);
  const each = (item: Value) => evaluate(body, { ...scope, [variable.name]: item });
  switch (expr.name) {
    case 'all':
      return decide(list, each, false);
    case 'map':
      return list.map(each);
    case 'filter':
      return list.filter((item) => condition(each(item)));
    case 'exists_one':
      return list.filter((item) => condition(each(item))).length === 1;
  }
  return decide(list, each, true);
}

function condition(value: Value): boolean {
  if (typeof value !== 'boolean') throw new RuleError('a condition in it is empty');
  return value;
}

/** &&, ||, all and exists: one part that decides absorbs the errors of the others. */
function decide<T>(parts: T[], look: (part: T) => Value, deciding: boolean): boolean {
  let failed: unknown;
  for (const part of parts) {
    try {
      const value = look(part);
      if (value === deciding) return deciding;
      if (typeof value !== 'boolean') failed ??= new RuleError('a value in it is empty');
    } catch (error) {
      failed ??= error;
    }
  }
  if (failed) throw failed;
  return !deciding;
}

const cache = new Map<string, Expr | RuleError>();

/** Reads a rule, once per text. Throws RuleError. */
export function compile(text: string): Expr {
  let found = cache.get(text);
  if (found === undefined) {
    try {
      found = parse(text);
    } catch (error) {
      found = error as RuleError;
    }
    if (cache.size > 1000) cache.clear();
    cache.set(text, found);
  }
  if (found instanceof Error) throw found;
  return found;
}
