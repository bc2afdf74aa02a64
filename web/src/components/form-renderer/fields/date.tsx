import { civilDate, longDate, weekdayOf } from '@/lib/dates';
import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

/** A date of the calendar; years before 1000 are slips of the hand, 0026 for 2026. */
export const isDate = (value: unknown): value is string =>
  civilDate(value) !== undefined && (value as string) >= '1000';

export const date: FieldType = {
  kind: 'date',
  parse: (_, value) => (isDate(value) ? { value } : { wrong: 'must be a date of the calendar' }),
  // The browser's own control: right on every phone, typed or picked, in the reader's own order.
  Edit: (props) => {
    const day = weekdayOf(props.value);
    return (
      <PlainEdit
        {...props}
        type="date"
        right={day && <span className={read.unit}>{day}</span>}
        rightWidth={day ? 46 : undefined}
      />
    );
  },
  Read: ({ value }) => <span className={read.number}>{longDate(asText(value))}</span>,
};
