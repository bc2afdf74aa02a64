import type { ComponentType } from 'react';
import type { FieldView } from '@/api/types';
import type { Kind } from '@/lib/rule';

export type Parsed = { value: unknown } | { wrong: string };

export type EditProps = {
  field: FieldView;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
  /** Of the control that takes the focus; of the group where there are several. */
  id: string;
  /** Ids of help and error. */
  describedBy?: string;
  /** Where several controls make the field, the id of its label. */
  labelledBy: string;
  invalid: boolean;
  required: boolean;
  /** Messages by path below this field, of a table: "0.cost". */
  errors?: Record<string, string>;
};
export type ReadProps = { field: FieldView; value: unknown };

/** Everything the browser knows of one field type. The registry holds one entry per type. */
export type FieldType = {
  /** How rules see the value; absent when the field holds none. */
  kind?: Kind;
  /** Brings what was entered into canonical shape; `wrong` is a predicate after the label: "must be a number". */
  parse?: (field: FieldView, value: unknown) => Parsed;
  /** Holds a canonical value against the field's settings; a predicate as above. */
  check?: (field: FieldView, value: unknown) => string | undefined;
  /** Whether several controls make the field, so that its label names a group. */
  group?: boolean;
  Edit: ComponentType<EditProps>;
  Read: ComponentType<ReadProps>;
};

/** Whether a value counts as none. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object') return false;
  // A currency is offered before anybody typed an amount.
  if ('amount' in value) return isEmpty(value.amount);
  return Object.entries(value).every(([name, part]) => name === 'currency' || isEmpty(part));
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** "1 row", "2 rows". */
export const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
