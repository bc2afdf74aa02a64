import { Input } from '@mantine/core';
import type { HTMLInputTypeAttribute, ReactNode } from 'react';
import { asText, type EditProps } from '../field-type';

type PlainProps = EditProps & {
  type?: HTMLInputTypeAttribute;
  inputMode?: 'text' | 'decimal' | 'email' | 'tel' | 'url';
  autoComplete?: string;
  right?: ReactNode;
  rightWidth?: number;
  align?: 'left' | 'right';
  maxLength?: number;
};

/** The attributes that tie a control to its label, help and error. */
export const tied = (props: EditProps) => ({
  id: props.id,
  'aria-describedby': props.describedBy,
  'aria-invalid': props.invalid || undefined,
  'aria-required': props.required || undefined,
});

/** One line of text as the browser gives it. */
export function PlainEdit(props: PlainProps) {
  const { field, value, onChange, onBlur, invalid, right, rightWidth, align } = props;
  return (
    <Input
      {...tied(props)}
      aria-labelledby={props.labelledBy}
      type={props.type ?? 'text'}
      inputMode={props.inputMode}
      autoComplete={props.autoComplete ?? 'off'}
      maxLength={props.maxLength}
      placeholder={field.placeholder}
      value={asText(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={onBlur}
      error={invalid}
      rightSection={right}
      rightSectionWidth={rightWidth}
      rightSectionPointerEvents="none"
      styles={align === 'right' ? { input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } } : undefined}
    />
  );
}

/** Text without control characters, trimmed, line ends as \n: what the server keeps. */
export function cleanText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.replaceAll(/\r\n?/g, '\n').trim();
}
