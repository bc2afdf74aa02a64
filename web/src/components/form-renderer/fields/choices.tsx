import { Checkbox } from '@mantine/core';
import type { EditProps, FieldType } from '../field-type';
import { optionLabel, optionsOf } from './choice';
import classes from './choices.module.css';
import read from './read.module.css';

const asList = (value: unknown): string[] => (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []);

export const choices: FieldType = {
  kind: 'list',
  group: true,
  // In the order of the options, so that the same choice is the same value.
  parse: (field, value) => {
    const given = asList(value);
    const offered = optionsOf(field).map((option) => option.value);
    if (given.some((v) => !offered.includes(v))) return { wrong: 'contains a choice that is not offered' };
    return { value: offered.filter((v) => given.includes(v)) };
  },
  Edit: ChoicesEdit,
  Read: ({ field, value }) => (
    <span className={read.chips}>
      {asList(value).map((v) => (
        <span key={v} className={read.chip}>
          {optionLabel(field, v)}
        </span>
      ))}
    </span>
  ),
};

function ChoicesEdit({ field, value, onChange, onBlur, id, labelledBy, describedBy, invalid }: EditProps) {
  const chosen = asList(value);
  const toggle = (option: string, on: boolean) =>
    onChange(on ? [...chosen, option] : chosen.filter((other) => other !== option));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser
    <div className={classes.list} role="group" aria-labelledby={labelledBy} aria-describedby={describedBy}>
      {optionsOf(field).map((option, i) => (
        <Checkbox
          key={option.value}
          id={i === 0 ? id : `${id}-${i}`}
          label={option.label}
          checked={chosen.includes(option.value)}
          onChange={(event) => toggle(option.value, event.currentTarget.checked)}
          onBlur={onBlur}
          error={invalid}
        />
      ))}
    </div>
  );
}
