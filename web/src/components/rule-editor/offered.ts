import { operatorsOf } from '@/lib/rule/rows';
import { operatorWords } from '../definition-words';
import type { Variable } from './variables';

const sorted = ['<', '<=', '>', '>=', 'between', 'notBetween'];
const parts = ['contains', 'doesNotContain', 'beginsWith', 'doesNotBeginWith', 'endsWith', 'doesNotEndWith'];

/**
 * The operators that are offered for a variable: of those its kind allows, the ones that say something.
 * What is chosen already is always among them.
 */
export function offeredOperators(variable: Variable, chosen?: string): { value: string; label: string }[] {
  const listed = variable.options !== undefined || (variable.picks !== undefined && variable.picks !== 'designation');
  const idle = new Set<string>(variable.kind === 'bool' ? ['in', 'notIn'] : []);
  if (variable.kind === 'text' && listed) for (const name of [...sorted, ...parts]) idle.add(name);
  const allowed = operatorsOf(variable.kind).filter((name) => name === chosen || !idle.has(name));
  // Of a text, how it is sorted is what people ask for last.
  const late = (name: string) => variable.kind === 'text' && sorted.includes(name);
  const order = [...allowed.filter((name) => !late(name)), ...allowed.filter(late)];
  return order.map((value) => ({ value, label: operatorWords(value, variable.kind) }));
}
