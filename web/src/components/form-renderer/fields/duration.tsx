import { durationWords, parseDuration } from '@/lib/durations';
import { asText, type FieldType } from '../field-type';
import { PlainEdit } from './plain';
import read from './read.module.css';

export const duration: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const canonical = parseDuration(asText(value));
    return canonical ? { value: canonical } : { wrong: 'must be a duration, such as 2d or 3h30m' };
  },
  Edit: (props) => {
    const canonical = parseDuration(asText(props.value));
    const words = canonical && durationWords(canonical);
    return (
      <PlainEdit
        {...props}
        field={{ ...props.field, placeholder: props.field.placeholder ?? '2d, 3h30m' }}
        right={words && <span className={read.unit}>{words}</span>}
        rightWidth={words ? 14 + words.length * 7 : undefined}
      />
    );
  },
  Read: ({ value }) => <span>{durationWords(asText(value))}</span>,
};
