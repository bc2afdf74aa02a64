import { PersonById } from '@/components/person';
import { PersonPicker } from '@/components/user-picker';
import { asText, type FieldType } from '../field-type';

export const user: FieldType = {
  kind: 'text',
  parse: (_, value) => (asText(value) ? { value } : { wrong: 'must be a person of the organization' }),
  Edit: (props) => (
    <PersonPicker
      id={props.id}
      labelledBy={props.labelledBy}
      describedBy={props.describedBy}
      invalid={props.invalid}
      required={props.required}
      placeholder={props.field.placeholder ?? 'Find a person'}
      value={asText(props.value) || undefined}
      onChange={(id) => props.onChange(id)}
      onBlur={props.onBlur}
    />
  ),
  Read: ({ value }) => <PersonById id={asText(value)} />,
};
