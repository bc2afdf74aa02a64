import { ActionIcon, Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { FieldView } from '@/api/types';
import { add, decimalText, parseDecimal } from '@/lib/rule/decimal';
import { IconPlus, IconTrash } from '@/ui/icons';
import { usePrinting } from '@/ui/printing';
import { useScrolls } from '@/ui/use-scrolls';
import { type EditProps, type FieldType, isEmpty, type ReadProps } from '../field-type';
import { asMoney, formatMoney } from './money';
import { fieldType } from './registry';
import classes from './table.module.css';

export type Row = Record<string, unknown>;
export const asRows = (value: unknown): Row[] =>
  Array.isArray(value) ? value.filter((row): row is Row => typeof row === 'object' && row !== null) : [];

const mostRows = 200;

export const table: FieldType = {
  kind: 'rows',
  group: true,
  // Cells are brought into shape by settle(), which names each of them.
  parse: (_, value) => ({ value: asRows(value) }),
  Edit: TableEdit,
  Read: TableRead,
};

/** What a new row begins with. */
const newRow = (columns: FieldView[]): Row =>
  Object.fromEntries(columns.filter((c) => c.default !== undefined).map((c) => [c.name, c.default]));

function TableEdit({ field, value, onChange, onBlur, id, labelledBy, describedBy, errors = {} }: EditProps) {
  const columns = field.columns ?? [];
  const rows = asRows(value);
  const body = useRef<HTMLTableSectionElement>(null);
  const set = (at: number, name: string, cell: unknown) =>
    onChange(rows.map((row, i) => (i === at ? { ...row, [name]: cell } : row)));
  const add = () => {
    onChange([...rows, newRow(columns)]);
    // The new row's first control takes the focus, once it is there.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>('tr:last-child :is(input, select, textarea)')?.focus(),
    );
  };
  const full = rows.length >= (field.max_rows ?? mostRows);
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-labelledby={labelledBy} aria-describedby={describedBy}>
        <Head columns={columns} removable />
        <tbody ref={body}>
          {rows.map((row, i) => (
            <EditableRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              key={i}
              id={id}
              columns={columns}
              at={i}
              row={row}
              errors={errors}
              onChange={(name, cell) => set(i, name, cell)}
              onBlur={onBlur}
              onRemove={() => onChange(rows.filter((_, other) => other !== i))}
            />
          ))}
        </tbody>
        <Totals columns={columns} rows={rows} removable />
      </table>
      <Button
        id={rows.length === 0 ? id : undefined}
        className={classes.add}
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={15} aria-hidden />}
        disabled={full}
        onClick={add}
      >
        Add row
      </Button>
    </div>
  );
}

type EditableRowProps = {
  id: string;
  columns: FieldView[];
  at: number;
  row: Row;
  errors: Record<string, string>;
  onChange: (name: string, cell: unknown) => void;
  onBlur?: () => void;
  onRemove: () => void;
};

function EditableRow({ id, columns, at, row, errors, onChange, onBlur, onRemove }: EditableRowProps) {
  return (
    <tr>
      {columns.map((column, i) => (
        <Cell
          key={column.name}
          id={at === 0 && i === 0 ? id : `${id}-${at}-${column.name}`}
          column={column}
          at={at}
          value={row[column.name]}
          error={errors[`${at}.${column.name}`]}
          onChange={(cell) => onChange(column.name, cell)}
          onBlur={onBlur}
        />
      ))}
      <td className={classes.remove}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove row ${at + 1}`} onClick={onRemove}>
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  );
}

/** In its cell a message need not say where it is. */
const brief = (message: string) => (/ is required in row \d+ of /.test(message) ? 'Required' : message);

type CellProps = {
  id: string;
  column: FieldView;
  at: number;
  value: unknown;
  error?: string;
  onChange: (value: unknown) => void;
  onBlur?: () => void;
};

function Cell({ id, column, at, value, error, onChange, onBlur }: CellProps) {
  const { Edit, Read } = fieldType(column.type);
  const label = `${id}-label`;
  return (
    <td className={classes.cell} data-type={column.type}>
      <span id={label} className={classes.cellLabel}>
        {column.label}
        <span className="hs-visually-hidden">, row {at + 1}</span>
      </span>
      {column.mode === 'read' ? (
        <Read field={column} value={value} />
      ) : (
        <Edit
          id={id}
          field={column}
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          labelledBy={label}
          describedBy={error ? `${id}-error` : undefined}
          invalid={error !== undefined}
          required={column.required ?? false}
        />
      )}
      {error && (
        <div id={`${id}-error`} className={classes.error}>
          {brief(error)}
        </div>
      )}
    </td>
  );
}

function Head({ columns, removable = false }: { columns: FieldView[]; removable?: boolean }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.name} scope="col" data-type={column.type}>
            {column.label}
            {removable && column.required && (
              <span className={classes.star} aria-hidden>
                {' '}
                *
              </span>
            )}
          </th>
        ))}
        {removable && (
          <th scope="col">
            <span className="hs-visually-hidden">Remove</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

/** A longer table begins folded, so that the rest of the form stays near. */
const mostShown = 10;

function TableRead({ field, value }: ReadProps) {
  const columns = field.columns ?? [];
  const rows = asRows(value);
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  const more = whole || printing || rows.length <= mostShown + 2 ? 0 : rows.length - mostShown;
  const shown = more > 0 ? rows.slice(0, mostShown) : rows;
  const box = useRef<HTMLElement>(null);
  const scrolls = useScrolls(box);
  return (
    <section ref={box} className={classes.frame} data-read aria-label={field.label} tabIndex={scrolls ? 0 : undefined}>
      <table className={classes.table} aria-label={field.label}>
        <Head columns={columns} />
        <tbody>
          {shown.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={i}>
              {columns.map((column) => {
                const { Read } = fieldType(column.type);
                const cell = row[column.name];
                return (
                  <td key={column.name} className={classes.cell} data-type={column.type}>
                    <span className={classes.cellLabel} aria-hidden>
                      {column.label}
                    </span>
                    {isEmpty(cell) ? <span className={classes.none}>—</span> : <Read field={column} value={cell} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <Totals columns={columns} rows={rows} />
      </table>
      {more > 0 && (
        <Button className={classes.all} variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          Show all {rows.length} rows
        </Button>
      )}
    </section>
  );
}

/** The sum of a money column, when all its amounts are of one currency. */
export function totalOf(rows: Row[], column: string): string | undefined {
  let sum = parseDecimal('0');
  let currency: string | undefined;
  for (const row of rows) {
    const cell = asMoney(row[column]);
    if (isEmpty(cell.amount)) continue;
    const amount = parseDecimal(cell.amount ?? '');
    if (!amount || !sum || (currency !== undefined && currency !== cell.currency)) return undefined;
    currency = cell.currency;
    sum = add(sum, amount);
  }
  return sum && currency ? formatMoney({ amount: decimalText(sum), currency }) : undefined;
}

function Totals({ columns, rows, removable = false }: { columns: FieldView[]; rows: Row[]; removable?: boolean }) {
  if (rows.length < 2 || !columns.some((c) => c.type === 'money')) return null;
  return (
    <tfoot>
      <tr className={classes.total}>
        {columns.map((column, i) => (
          <td key={column.name} data-type={column.type}>
            {column.type === 'money' ? totalOf(rows, column.name) : i === 0 ? 'Total' : null}
          </td>
        ))}
        {removable && <td />}
      </tr>
    </tfoot>
  );
}
