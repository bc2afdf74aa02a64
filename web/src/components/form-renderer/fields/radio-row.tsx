import { IconX } from '@/ui/icons';
import type { EditProps } from '../field-type';
import classes from './radio-row.module.css';

type RadioRowProps = EditProps & {
  options: { value: string; label: string }[];
  chosen: string | undefined;
  onChoose: (value: string | undefined) => void;
};

/** A few choices side by side. Native radio buttons: arrows move, space chooses. */
export function RadioRow({ options, chosen, onChoose, onBlur, ...props }: RadioRowProps) {
  return (
    <div
      className={classes.row}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
      aria-required={props.required || undefined}
    >
      {options.map((option, i) => (
        <label key={option.value} className={classes.option}>
          <input
            type="radio"
            className={classes.input}
            id={i === 0 ? props.id : undefined}
            name={props.id}
            checked={chosen === option.value}
            onChange={() => onChoose(option.value)}
            onBlur={onBlur}
          />
          <span className={classes.face}>{option.label}</span>
        </label>
      ))}
      {chosen !== undefined && !props.required && (
        <button
          type="button"
          className={classes.clear}
          data-clear
          aria-label={`Clear ${props.field.label}`}
          onClick={() => onChoose(undefined)}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
