import type { FieldView } from '@/api/types';
import { pattern } from '@/lib/rule/pattern';
import { asText, type FieldType } from '../field-type';
import { cleanText, PlainEdit } from './plain';
import classes from './read.module.css';

const longest = 4000;

/** Length and pattern, of a single line and of long text alike. */
export function checkText(field: FieldView, value: unknown): string | undefined {
  const text = asText(value);
  const length = [...text].length;
  if (field.min_length && length < field.min_length) {
    return `must have at least ${field.min_length} characters; it has ${length}`;
  }
  if (field.max_length && length > field.max_length) {
    return `must have at most ${field.max_length} characters; it has ${length}`;
  }
  if (field.pattern && !matches(field.pattern, text)) {
    const hint = field.placeholder ? `, for instance: ${field.placeholder}` : '';
    return `is not in the form that is asked for${hint}`;
  }
  return undefined;
}

/** A pattern this browser cannot read is left to the server. */
function matches(source: string, text: string): boolean {
  try {
    return pattern(`^(?:${source})$`).test(text);
  } catch {
    return true;
  }
}

export const text: FieldType = {
  kind: 'text',
  parse: (_, value) => {
    const clean = cleanText(value);
    if (clean === undefined) return { wrong: 'must be text' };
    if (/[\n\t]/.test(clean)) return { wrong: 'must be a single line' };
    return clean.length > longest ? { wrong: `must have at most ${longest} characters` } : { value: clean };
  },
  check: checkText,
  Edit: (props) => <PlainEdit {...props} />,
  Read: ({ value }) => <span className={classes.text}>{asText(value)}</span>,
};
