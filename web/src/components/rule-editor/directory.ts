import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import { read } from '@/api/query';
import type { Option, Person, RuleGroup, RuleSource } from '@/api/types';
import { longDateTime, shortDate } from '@/lib/dates';
import { listOf } from '@/lib/rule/rows';
import type { Wording } from '../definition-words';
import type { Picks, Variable } from './variables';

const kept = { staleTime: 300_000 };

/** What the directory offers for a kind of value; undefined where it has no list. */
export function useOffered(picks: Picks | undefined): Option[] | undefined {
  const departments = useQuery({
    ...read('departments.list', {}),
    ...kept,
    enabled: picks === 'department' || picks === 'department_name',
  }).data?.items;
  const roles = useQuery({ ...read('roles.list', {}), ...kept, enabled: picks === 'role' }).data?.items;
  const people = useQuery({ ...read('people.tree', {}), ...kept, enabled: picks === 'designation' }).data?.items;
  return useMemo(() => {
    switch (picks) {
      case 'department':
        return departments?.map(({ key, name }) => ({ value: key, label: name }));
      case 'department_name':
        return departments?.map(({ name }) => ({ value: name }));
      case 'role':
        return roles?.map(({ key, name }) => ({ value: key, label: name }));
      case 'designation': {
        const titles = new Set(people?.map(({ designation }) => designation).filter((title) => title !== undefined));
        return [...titles]
          .filter(Boolean)
          .sort()
          .map((value) => ({ value }));
      }
    }
    return undefined;
  }, [picks, departments, roles, people]);
}

/** The values that the rows of a rule give for variables of which a picker is there. */
function pickedValues(source: RuleSource | undefined, variables: Map<string, Variable>): Map<Picks, Set<string>> {
  const found = new Map<Picks, Set<string>>();
  const walk = ({ rules = [] }: RuleGroup): void => {
    for (const row of rules) {
      if (row.rules) walk(row);
      const picks = row.valueSource === 'field' ? undefined : variables.get(row.field ?? '')?.picks;
      if (!picks) continue;
      const values = found.get(picks) ?? new Set();
      for (const value of listOf(row.value)) if (typeof value === 'string') values.add(value);
      found.set(picks, values);
    }
  };
  if (typeof source === 'object') walk(source.rows);
  return found;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The people whom a rule names, so that they can be shown by name. */
export function useNamedIn(source: RuleSource | undefined, variables: Map<string, Variable>): Person[] {
  const ids = [...(pickedValues(source, variables).get('user') ?? [])].filter((id) => uuid.test(id)).slice(0, 10);
  const rule = `user.id in [${ids.map((id) => `"${id}"`).join(', ')}]`;
  return useQuery({ ...read('rules.people', { rule }), ...kept, enabled: ids.length > 0 }).data?.people ?? nobody;
}
const nobody: Person[] = [];

/** How values are called in the words of a rule. */
export function useWording(
  source: RuleSource | undefined,
  variables: Map<string, Variable>,
  people: Person[],
): Wording {
  const picked = pickedValues(source, variables);
  const departments = useOffered(picked.has('department') ? 'department' : undefined);
  const roles = useOffered(picked.has('role') ? 'role' : undefined);
  return useMemo(() => {
    const lists: Partial<Record<Picks, Option[]>> = {
      department: departments,
      role: roles,
      user: people.map(({ id, name }) => ({ value: id, label: name })),
    };
    return {
      label: (name) => variables.get(name)?.label,
      kindOf: (name) => variables.get(name)?.kind,
      value: (name, value) => {
        const variable = variables.get(name);
        const offered = variable?.options ?? (variable?.picks && lists[variable.picks]);
        return offered?.find((option) => option.value === value)?.label ?? plainly(variable, value);
      },
    };
  }, [variables, departments, roles, people]);
}

function plainly(variable: Variable | undefined, value: unknown): string | undefined {
  const text = String(value ?? '');
  if (variable?.kind === 'bool') return text === 'true' ? 'yes' : 'no';
  if (variable?.kind === 'date') return shortDate(text);
  if (variable?.kind === 'timestamp') return longDateTime(text);
  if (variable?.picks === 'user' && uuid.test(text)) return 'a colleague';
  return text === '' ? '“”' : undefined;
}

/** What the rows of one editor may look at, by name. */
export const Variables = createContext<Map<string, Variable>>(new Map());
export const useVariables = () => useContext(Variables);
