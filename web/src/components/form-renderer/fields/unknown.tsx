import type { FieldType, ReadProps } from '../field-type';
import read from './read.module.css';

function Shown({ value }: ReadProps) {
  return <span className={read.text}>{typeof value === 'string' ? value : JSON.stringify(value ?? null)}</span>;
}

/** A type that a newer server knows and this page does not: its value is shown as it is. */
export const unknown: FieldType = { Edit: Shown, Read: Shown };
