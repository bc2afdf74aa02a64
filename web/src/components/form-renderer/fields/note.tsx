import type { FieldView } from '@/api/types';
import type { FieldType } from '../field-type';
import classes from './note.module.css';

/** Static text: the label is the heading, the help the text. It holds no value. */
function Note({ field }: { field: FieldView }) {
  return (
    <div className={classes.note}>
      {field.label && <div className={classes.heading}>{field.label}</div>}
      {field.help && <div className={classes.text}>{field.help}</div>}
    </div>
  );
}

export const note: FieldType = { Edit: Note, Read: Note };
