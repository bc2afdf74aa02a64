import { Textarea } from '@mantine/core';
import type { RuleSource } from '@/api/types';
import type { Variable } from './variables';

export type RuleEditorProps = {
  label: string;
  value: RuleSource | undefined;
  onChange: (value: RuleSource | undefined) => void;
  variables: Variable[];
  gives?: 'bool' | 'text' | 'number' | 'any';
  about?: 'people';
  help?: string;
  errors?: string[];
  empty?: string;
};

/** Stands in until the editor of rules is merged. */
export function RuleEditor({ label, value, onChange, help, errors, empty }: RuleEditorProps) {
  return (
    <Textarea
      label={label}
      description={help}
      placeholder={empty}
      autosize
      value={typeof value === 'string' ? value : value ? JSON.stringify(value) : ''}
      error={errors?.join(' ')}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
