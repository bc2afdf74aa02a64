import type { Candidate } from '@/api/types';
import { IconX } from '@/ui/icons';
import { PersonChip } from '../person';
import { CandidatePicker, type CandidatePickerProps } from './candidate-picker';
import classes from './people-combobox.module.css';

type CandidatesPickerProps = Omit<CandidatePickerProps, 'value' | 'onChange' | 'exclude'> & {
  value: Candidate[];
  onChange: (people: Candidate[]) => void;
};

/** Chooses several people, one after another; each can be taken out again. */
export function CandidatesPicker({ value, onChange, ...props }: CandidatesPickerProps) {
  return (
    <div>
      <CandidatePicker
        {...props}
        value={undefined}
        onChange={(person) => person && onChange([...value, person])}
        exclude={value}
        placeholder={value.length > 0 ? 'Choose one more' : 'Choose people'}
      />
      {value.length > 0 && (
        <ul className={classes.chosen} aria-label="Chosen">
          {value.map((person) => (
            <li key={person.id}>
              <PersonChip person={person} />
              <button
                type="button"
                className={classes.clear}
                aria-label={`Take ${person.name} out`}
                onClick={() => onChange(value.filter((other) => other.id !== person.id))}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
