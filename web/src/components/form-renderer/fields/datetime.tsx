import { longDateTime } from '@/lib/dates';
import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

const two = (n: number) => String(n).padStart(2, '0');

/** A moment as the browser's control wants it: in the reader's zone, without saying so. */
export function toLocal(value: unknown): string {
  const at = new Date(asText(value));
  if (!asText(value) || Number.isNaN(at.getTime())) return '';
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What the control gave, as a moment in UTC. */
export function fromLocal(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().replace(/\.\d+Z$/, 'Z');
}

export const datetime: FieldType = {
  kind: 'timestamp',
  parse: (_, value) =>
    toLocal(value) && asText(value) >= '1000'
      ? { value: fromLocal(asText(value)) }
      : { wrong: 'must be a date of the calendar with a time' },
  Edit: (props) => (
    <PlainEdit
      {...props}
      type="datetime-local"
      value={toLocal(props.value)}
      onChange={(local) => props.onChange(fromLocal(local as string))}
    />
  ),
  Read: ({ value }) => <span className={read.number}>{longDateTime(asText(value))}</span>,
};
