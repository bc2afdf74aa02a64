import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

export const time: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const text = asText(value).slice(0, 5);
    return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? { value: text } : { wrong: 'must be a time of day, such as 14:30' };
  },
  Edit: (props) => <PlainEdit {...props} type="time" />,
  Read: ({ value }) => <span className={read.number}>{asText(value)}</span>,
};
