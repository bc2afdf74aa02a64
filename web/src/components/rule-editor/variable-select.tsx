import { Select } from '@mantine/core';
import { type Ref, useMemo } from 'react';
import { useVariables } from './directory';
import type { Variable } from './variables';

type VariableSelectProps = {
  label: string;
  describedBy?: string;
  invalid?: boolean;
  placeholder: string;
  value: string;
  onChange: (name: string) => void;
  fits?: (variable: Variable) => boolean;
  ref?: Ref<HTMLInputElement>;
};

/** Chooses what a rule looks at, by group. A variable that is gone stays chosen, so that it can be seen. */
export function VariableSelect({ label, describedBy, invalid, fits, value, onChange, ...rest }: VariableSelectProps) {
  const variables = useVariables();
  const data = useMemo(() => groupsOf([...variables.values()].filter((v) => fits?.(v) ?? true)), [variables, fits]);
  const gone = value && !data.some(({ items }) => items.some((item) => item.value === value));
  return (
    <Select
      {...rest}
      aria-label={label}
      aria-describedby={describedBy}
      error={invalid}
      data={gone ? [{ group: 'Not there any more', items: [{ value, label: value }] }, ...data] : data}
      value={value || null}
      onChange={(name) => name && onChange(name)}
      searchable
      allowDeselect={false}
      nothingFoundMessage="Nothing matches"
      maxDropdownHeight={320}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

function groupsOf(variables: Variable[]) {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { name, label, group } of variables) {
    groups.set(group, [...(groups.get(group) ?? []), { value: name, label }]);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
