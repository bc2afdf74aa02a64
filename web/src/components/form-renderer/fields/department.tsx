import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '@/api/query';
import { asText, type EditProps, type FieldType } from '../field-type';
import { tied } from './plain';

const useDepartments = () => useQuery({ ...read('departments.list', {}), staleTime: 300_000 }).data?.items;

export const department: FieldType = {
  kind: 'text',
  parse: (_, value) => (asText(value) ? { value } : { wrong: 'must be a department' }),
  Edit: DepartmentEdit,
  Read: ({ value }) => {
    const found = useDepartments()?.find((d) => d.key === value || d.id === value);
    return <span>{found?.name ?? asText(value)}</span>;
  },
};

function DepartmentEdit(props: EditProps) {
  const departments = useDepartments() ?? [];
  return (
    <Select
      {...tied(props)}
      aria-labelledby={props.labelledBy}
      data={departments.map((d) => ({ value: d.key, label: d.name }))}
      value={asText(props.value) || null}
      onChange={(value) => props.onChange(value ?? undefined)}
      onBlur={props.onBlur}
      placeholder={props.field.placeholder ?? 'Choose a department'}
      searchable
      clearable={!props.required}
      allowDeselect={false}
      nothingFoundMessage="Nothing matches"
      error={props.invalid}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
