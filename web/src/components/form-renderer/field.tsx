import { memo } from 'react';
import type { FieldView } from '@/api/types';
import classes from './field.module.css';
import { isEmpty } from './field-type';
import { fieldType } from './fields/registry';
import { controlId } from './layout';
import { writable } from './settle';

export type FieldProps = {
  field: FieldView;
  prefix: string;
  value: unknown;
  error?: string;
  /** Messages below this field, by path: a table's cells. */
  inner?: Record<string, string>;
  enter: (field: string, value: unknown) => void;
  leave: (field: string) => void;
};

/** One field: its label and help, its control or its value, and what is wrong with it. */
export const Field = memo(function Field(props: FieldProps) {
  const { field } = props;
  if (!fieldType(field.type).kind && field.type === 'note') return <Static field={field} />;
  return writable(field) && !field.calculate ? <Editable {...props} /> : <ReadOnly field={field} value={props.value} />;
});

function Static({ field }: { field: FieldView }) {
  const { Read } = fieldType(field.type);
  return <Read field={field} value={undefined} />;
}

function Editable({ field, prefix, value, error, inner, enter, leave }: FieldProps) {
  const { Edit, group } = fieldType(field.type);
  const id = controlId(prefix, field.name);
  const ids = { label: `${id}-label`, help: `${id}-help`, error: `${id}-problem` };
  const required = field.mode === 'required';
  const label = (
    <>
      {field.label}
      {required && (
        <span className={classes.star} aria-hidden>
          {' '}
          *
        </span>
      )}
    </>
  );
  return (
    <div className={classes.field} data-field={field.name}>
      {group ? (
        <div id={ids.label} className={classes.label}>
          {label}
        </div>
      ) : (
        <label id={ids.label} htmlFor={id} className={classes.label}>
          {label}
        </label>
      )}
      <Edit
        id={id}
        field={field}
        value={value}
        onChange={(next) => enter(field.name, next)}
        onBlur={() => leave(field.name)}
        labelledBy={ids.label}
        describedBy={[field.help && ids.help, error && ids.error].filter(Boolean).join(' ') || undefined}
        invalid={error !== undefined}
        required={required}
        errors={inner}
      />
      {field.help && (
        <div id={ids.help} className={classes.help}>
          {field.help}
        </div>
      )}
      {error && (
        <div id={ids.error} className={classes.error}>
          {error}
        </div>
      )}
    </div>
  );
}

function ReadOnly({ field, value }: { field: FieldView; value: unknown }) {
  const { Read } = fieldType(field.type);
  return (
    <div className={classes.field} data-read data-field={field.name}>
      <div className={classes.readLabel}>{field.label}</div>
      <div className={classes.value} data-calculated={field.calculate ? true : undefined}>
        {isEmpty(value) ? (
          <span className={classes.none}>
            <span aria-hidden>—</span>
            <span className="hs-visually-hidden">empty</span>
          </span>
        ) : (
          <Read field={field} value={value} />
        )}
      </div>
    </div>
  );
}
