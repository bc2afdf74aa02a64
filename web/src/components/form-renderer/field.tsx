import { memo } from 'react';
import type { FieldChange, FieldView } from '@/api/types';
import { usePrinting } from '@/ui/printing';
import { Moment } from '@/ui/time';
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
  /** How it differs from what the reader last knew. */
  change?: FieldChange;
  /** The reader was asked to correct it. */
  correct?: boolean;
  enter: (field: string, value: unknown) => void;
  leave: (field: string) => void;
};

/** One field: its label and help, its control or its value, and what is wrong with it. */
export const Field = memo(function Field(props: FieldProps) {
  const { field } = props;
  const printing = usePrinting();
  if (!fieldType(field.type).kind && field.type === 'note') return <Static field={field} />;
  return writable(field) && !field.calculate && !printing ? <Editable {...props} /> : <ReadOnly {...props} />;
});

function Static({ field }: { field: FieldView }) {
  const { Read } = fieldType(field.type);
  return <Read field={field} value={undefined} />;
}

function Editable({ field, prefix, value, error, inner, change, correct, enter, leave }: FieldProps) {
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
      {correct && (
        <>
          {' '}
          <span className={classes.correct}>to correct</span>
        </>
      )}
    </>
  );
  return (
    <div
      className={classes.field}
      data-field={field.name}
      data-changed={change ? true : undefined}
      data-correct={correct || undefined}
    >
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
      {change && <Changed field={field} change={change} />}
      {error && (
        <div id={ids.error} className={classes.error}>
          {error}
        </div>
      )}
    </div>
  );
}

function ReadOnly({ field, value, change }: Pick<FieldProps, 'field' | 'value' | 'change'>) {
  const { Read } = fieldType(field.type);
  return (
    <div className={classes.field} data-read data-field={field.name} data-changed={change ? true : undefined}>
      <div className={classes.readLabel} tabIndex={-1}>
        {field.label}
      </div>
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
      {change && <Changed field={field} change={change} />}
    </div>
  );
}

/** What stood there before, who changed it and when. */
function Changed({ field, change: { from, by, at } }: { field: FieldView; change: FieldChange }) {
  const { Read } = fieldType(field.type);
  const who = by ? ` by ${by.name}` : '';
  const folded = field.type === 'table' || field.type === 'long_text';
  const when = (
    <>
      {who} <Moment at={at} />
    </>
  );
  if (isEmpty(from)) return <div className={classes.changed}>Filled in{when}</div>;
  const before = <Read field={field} value={from} />;
  if (folded)
    return (
      <details className={classes.changed}>
        <summary>Changed{when}: show what it was</summary>
        <div className={classes.before}>{before}</div>
      </details>
    );
  return (
    <div className={classes.changed}>
      <span>was </span>
      <del className={classes.was}>{before}</del>
      <span> · changed{when}</span>
    </div>
  );
}
