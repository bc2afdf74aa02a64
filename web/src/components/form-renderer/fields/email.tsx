import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

const address = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\].]+(\.[^\s@<>"(),:;\\[\].]+)+$/;

export const email: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const text = asText(value).trim();
    return text.length <= 254 && address.test(text)
      ? { value: text }
      : { wrong: 'must be an email address, such as asha@example.com' };
  },
  Edit: (props) => <PlainEdit {...props} type="email" inputMode="email" autoComplete="email" />,
  Read: ({ value }) => (
    <a className={read.text} href={`mailto:${encodeURIComponent(asText(value)).replace('%40', '@')}`}>
      {asText(value)}
    </a>
  ),
};
