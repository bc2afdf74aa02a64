import { IconStar, IconStarFilled } from '@/ui/icons';
import type { EditProps, FieldType } from '../field-type';
import classes from './rating.module.css';
import read from './read.module.css';

const best = (max: number | undefined) => max ?? 5;
const steps = (max: number | undefined) => Array.from({ length: best(max) }, (_, i) => i + 1);

export const rating: FieldType = {
  kind: 'number',
  group: true,
  parse: (field, value) => {
    const ok = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= best(field.max);
    return ok ? { value } : { wrong: `must be a whole number from 1 to ${best(field.max)}` };
  },
  Edit: RatingEdit,
  Read: ({ field, value }) => (
    <span className={read.stars} role="img" aria-label={`${value} of ${best(field.max)}`}>
      {steps(field.max).map((n) =>
        n <= Number(value) ? <IconStarFilled key={n} size={16} /> : <IconStar key={n} size={16} />,
      )}
    </span>
  ),
};

function RatingEdit({ field, value, onChange, onBlur, ...props }: EditProps) {
  const chosen = typeof value === 'number' ? value : 0;
  return (
    <div
      className={classes.row}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
      aria-required={props.required || undefined}
    >
      {steps(field.max).map((n) => (
        <label key={n} className={classes.star} data-on={n <= chosen || undefined}>
          <input
            type="radio"
            className={classes.input}
            id={n === 1 ? props.id : undefined}
            name={props.id}
            checked={n === chosen}
            onChange={() => onChange(n)}
            onBlur={onBlur}
            aria-label={`${n} of ${best(field.max)}`}
          />
          {n <= chosen ? <IconStarFilled size={22} aria-hidden /> : <IconStar size={22} stroke={1.6} aria-hidden />}
        </label>
      ))}
    </div>
  );
}
