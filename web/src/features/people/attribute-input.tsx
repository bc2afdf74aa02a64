import { NativeSelect, TextInput } from '@mantine/core';
import type { Attribute } from './person-values';

type AttributeInputProps = {
  attribute: Attribute;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
};

/** One of the organization's own attributes, by its kind. Yes or no has a third answer: nobody said. */
export function AttributeInput({ attribute, value, onChange, error }: AttributeInputProps) {
  const { kind, label } = attribute;
  const shared = { label, value, error };
  if (kind === 'bool') {
    return (
      <NativeSelect
        {...shared}
        data={[
          { value: '', label: 'Not said' },
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
