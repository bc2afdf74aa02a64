import type { FieldType } from '../field-type';
import { choice } from './choice';
import { choices } from './choices';
import { date } from './date';
import { dateRange } from './date-range';
import { datetime } from './datetime';
import { department } from './department';
import { duration } from './duration';
import { email } from './email';
import { longText } from './long-text';
import { money } from './money';
import { note } from './note';
import { number } from './number';
import { phone } from './phone';
import { rating } from './rating';
import { table } from './table';
import { text } from './text';
import { time } from './time';
import { unknown } from './unknown';
import { url } from './url';
import { user } from './user';
import { yesNo } from './yes-no';

/** The one list of field types. A further type is one file and one entry. */
const registry = (): Record<string, FieldType> => ({
  text,
  long_text: longText,
  number,
  money,
  date,
  datetime,
  time,
  date_range: dateRange,
  duration,
  yes_no: yesNo,
  choice,
  choices,
  user,
  department,
  email,
  phone,
  url,
  rating,
  table,
  note,
});

// Made at the first question: the table is an entry and asks for its columns itself.
let types: Record<string, FieldType> | undefined;

/** The type of that name. One this build does not know yet is shown and not edited. */
export function fieldType(name: string): FieldType {
  types ??= registry();
  return types[name] ?? unknown;
}

/** The names of all types. */
export const fieldTypes = (): string[] => Object.keys(registry());
