import type { FieldType } from '../field-type';
import { RadioRow } from './radio-row';

export const yesNo: FieldType = {
  kind: 'bool',
  group: true,
  parse: (_, value) => (typeof value === 'boolean' ? { value } : { wrong: 'must be yes or no' }),
  Edit: (props) => (
    <RadioRow
      {...props}
      options={[
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ]}
      chosen={props.value === true ? 'yes' : props.value === false ? 'no' : undefined}
      onChoose={(chosen) => props.onChange(chosen === undefined ? undefined : chosen === 'yes')}
    />
  ),
  Read: ({ value }) => <span>{value ? 'Yes' : 'No'}</span>,
};
