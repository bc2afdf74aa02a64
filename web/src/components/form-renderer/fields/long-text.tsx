import { Textarea } from '@mantine/core';
import { asText, type FieldType } from '../field-type';
import { cleanText, tied } from './plain';
import classes from './read.module.css';
import { checkText } from './text';

export const longText: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const clean = cleanText(value);
    return clean === undefined ? { wrong: 'must be text' } : { value: clean };
  },
  check: (field, value) => checkText({ ...field, max_length: field.max_length || 20_000 }, value),
  Edit: (props) => (
    <Textarea
      {...tied(props)}
      aria-labelledby={props.labelledBy}
      autosize
      minRows={3}
      maxRows={14}
      placeholder={props.field.placeholder}
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onBlur={props.onBlur}
      error={props.invalid}
    />
  ),
  Read: ({ value }) => <span className={classes.long}>{asText(value)}</span>,
};
