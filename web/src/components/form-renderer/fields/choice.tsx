import { Select } from '@mantine/core';
import type { FieldView } from '@/api/types';
import { asText, type EditProps, type FieldType } from '../field-type';
import { tied } from './plain';
import { RadioRow } from './radio-row';

export const optionsOf = (field: FieldView) =>
  (field.options ?? []).map(({ value, label }) => ({ value, label: label || value }));

/** The label of a chosen value; the value itself when the choice is no longer offered. */
export const optionLabel = (field: FieldView, value: string): string =>
  field.options?.find((option) => option.value === value)?.label || value;

export const choice: FieldType = {
  kind: 'text',
  parse: (field, value) =>
    field.options?.some((option) => option.value === value)
      ? { value }
      : { wrong: 'must be one of the choices that are offered' },
  Edit: ChoiceEdit,
  Read: ({ field, value }) => <span>{optionLabel(field, asText(value))}</span>,
};

function ChoiceEdit(props: EditProps) {
  const options = optionsOf(props.field);
  if (props.field.display === 'radio') {
    return (
      <RadioRow {...props} options={options} chosen={asText(props.value) || undefined} onChoose={props.onChange} />
    );
  }
  return (
    <Select
      {...tied(props)}
      aria-labelledby={props.labelledBy}
      data={options}
      value={asText(props.value) || null}
      onChange={(value) => props.onChange(value ?? undefined)}
      onBlur={props.onBlur}
      placeholder={props.field.placeholder ?? 'Choose'}
      searchable={options.length > 7}
      clearable={!props.required}
      allowDeselect={false}
      nothingFoundMessage="Nothing matches"
      error={props.invalid}
      comboboxProps={{ shadow: 'md' }}
    />
  );
}
