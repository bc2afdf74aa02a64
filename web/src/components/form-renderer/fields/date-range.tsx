import { Input } from '@mantine/core';
import { dateSpan, daysIn } from '@/lib/dates';
import { asText, counted, type EditProps, type FieldType } from '../field-type';
import { isDate } from './date';
import classes from './date-range.module.css';
import { tied } from './plain';
import read from './read.module.css';

type Range = { from?: string; to?: string };
const asRange = (value: unknown): Range => (typeof value === 'object' && value !== null ? value : {});

export const dateRange: FieldType = {
  kind: 'range',
  group: true,
  parse: (_, value) => {
    const { from, to } = asRange(value);
    if (!isDate(from) || !isDate(to)) return { wrong: 'must have a first and a last day' };
    if (to < from) return { wrong: 'ends before it begins; the last day must not lie before the first' };
    return { value: { from, to } };
  },
  Edit: RangeEdit,
  Read: ({ value }) => {
    const { from = '', to = '' } = asRange(value);
    const days = daysIn(from, to);
    return (
      <span className={read.number}>
        {dateSpan(from, to)}
        {days !== undefined && <span className={read.unit}> ({counted(days, 'day')})</span>}
      </span>
    );
  },
};

function RangeEdit(props: EditProps) {
  const { field, value, onChange, onBlur, invalid } = props;
  const range = asRange(value);
  const end = (which: keyof Range, label: string) => (
    <Input
      {...tied(props)}
      id={which === 'from' ? props.id : `${props.id}-to`}
      type="date"
      aria-label={`${label}: ${field.label}`}
      value={asText(range[which])}
      min={which === 'to' ? range.from : undefined}
      onChange={(event) => onChange({ ...range, [which]: event.currentTarget.value })}
      onBlur={onBlur}
      error={invalid}
    />
  );
  return (
    <div className={classes.range}>
      <div className={classes.ends}>
        {end('from', 'First day')}
        <span className={classes.to} aria-hidden>
          to
        </span>
        {end('to', 'Last day')}
      </div>
    </div>
  );
}
