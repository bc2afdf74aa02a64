import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Values } from '@/api/types';
import { FormRenderer, fieldsWithoutLife, previewForm, useForm } from '@/components/form-renderer';
import { type Definition, fieldsOf, type MatrixColumn, matrixColumns } from '@/lib/definition';
import { useEditor } from '../editor';
import css from './form.module.css';

/** The form as people will see it, to try it out. Nothing is sent or kept. */
export function PreviewView() {
  const { doc } = useEditor();
  const columns = matrixColumns(doc);
  const [at, setAt] = useState(0);
  const [phone, setPhone] = useState(false);
  const column = columns[at] ?? columns[0];
  const still = useMemo(() => fieldsWithoutLife(doc), [doc]);
  return (
    <div className={css.preview}>
      <div className={css.previewBar}>
        <NativeSelect
          size="xs"
          aria-label="As seen by"
          value={String(at)}
          onChange={(event) => setAt(Number(event.currentTarget.value))}
          data={columns.map((one, i) => ({ value: String(i), label: whom(one) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="Width"
          data={[
            { value: 'desk', label: 'Desk' },
            { value: 'phone', label: 'Phone' },
          ]}
          value={phone ? 'phone' : 'desk'}
          onChange={(width) => setPhone(width === 'phone')}
        />
      </div>
      {still.length > 0 && (
        <p className={css.quiet}>
          Not followed here, because only the server can: the rules of {listed(still)}. They show without them.
        </p>
      )}
      <div className={css.sheet} data-phone={phone || undefined} data-preview>
        {column && <Live key={`${column.kind} ${column.id}`} doc={doc} column={column} />}
      </div>
    </div>
  );
}

const whom = (column: MatrixColumn) =>
  column.kind === 'audience'
    ? `${column.label}, afterwards`
    : column.start
      ? `Who starts it: ${column.label}`
      : `In ${column.label}`;

/** "A, B and 3 more". */
function listed(names: string[]): string {
  const most = 3;
  const quoted = names.slice(0, most).map((name) => `“${name}”`);
  if (names.length > most) return `${quoted.join(', ')} and ${names.length - most} more`;
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}

function Live({ doc, column }: { doc: Definition; column: MatrixColumn }) {
  const form = useMemo(() => previewForm(doc, column, { live: true }), [doc, column]);
  // What fields begin with, as when the request is begun.
  const [values] = useState(
    (): Values =>
      Object.fromEntries(fieldsOf(doc).flatMap((f) => (f.default === undefined ? [] : [[f.name, f.default]]))),
  );
  const context = useMemo(
    () => ({
      step: column.kind === 'step' ? column.id : '',
      today: new Date().toISOString().slice(0, 10),
      now: new Date().toISOString(),
      params: Object.fromEntries((doc.params ?? []).map((param) => [param.name, param.value])),
    }),
    [doc.params, column],
  );
  const handle = useForm(form, values, context);
  if (form.fields.length === 0) return <p className={css.quiet}>No field is shown here.</p>;
  return <FormRenderer handle={handle} prefix="preview" />;
}
