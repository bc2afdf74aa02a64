import { useId } from 'react';
import type { FieldView } from '@/api/types';
import { fieldType } from '@/components/form-renderer/fields/registry';
import type { DocumentField } from '@/lib/definition';
import classes from '../designer.module.css';
import { useErrors } from './controls';

type ValueProps = {
  label: string;
  /** What kind of value it is: a field's own settings count. */
  field: DocumentField;
  value: unknown;
  onChange: (value: unknown) => void;
  path?: string;
  description?: string;
};

/** A value of the kind that a field holds, entered with the field's own control. */
export function ValueSetting({ label, field, value, onChange, path, description }: ValueProps) {
  const id = useId();
  const { Edit, parse } = fieldType(field.type);
  const errors = useErrors(path);
  const view: FieldView = {
    name: id,
    type: field.type,
    label,
    mode: 'edit',
    options: field.options,
    currencies: field.currencies,
    unit: field.unit,
    max: field.max,
    decimals: field.decimals,
    display: field.type === 'choice' ? 'dropdown' : field.display,
  };
  const enter = (entered: unknown) => {
    const parsed = parse?.(view, entered);
    onChange(parsed && 'value' in parsed ? parsed.value : entered);
  };
  return (
    <div className={classes.value}>
      <label className={classes.valueLabel} id={`${id}-label`} htmlFor={id}>
        {label}
      </label>
      {description && <span className={classes.valueHelp}>{description}</span>}
      <Edit
        field={view}
        value={value}
        onChange={enter}
        id={id}
        labelledBy={`${id}-label`}
        describedBy={errors && `${id}-problem`}
        invalid={errors !== undefined}
        required={false}
      />
      {errors && (
        <span id={`${id}-problem`} className={classes.valueError}>
          {errors.join(' ')}
        </span>
      )}
    </div>
  );
}
