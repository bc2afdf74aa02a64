import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';

const shape = /^\+?[0-9]([ ()./-]*[0-9]){4,19}$/;

export const phone: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const text = asText(value).trim();
    return shape.test(text) ? { value: text } : { wrong: 'must be a telephone number, such as +49 30 901820' };
  },
  Edit: (props) => <PlainEdit {...props} type="tel" inputMode="tel" autoComplete="tel" />,
  Read: ({ value }) => <a href={`tel:${asText(value).replaceAll(/[^+\d]/g, '')}`}>{asText(value)}</a>,
};
