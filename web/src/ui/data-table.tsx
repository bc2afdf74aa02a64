import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export type Column<T> = {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** CSS width on wide screens. */
  width?: string;
  align?: 'right';
  /** On a phone: the heading of the card, below it without a label, or away. */
  phone?: 'title' | 'bare' | 'hidden';
};

type DataTableProps<T> = { label: string; columns: Column<T>[]; rows: T[]; rowKey: (row: T) => string };

/**
 * A table on wide screens and a card per row at 360 px. The roles are said because a table whose
 * display is changed loses its own in some browsers.
 */
export function DataTable<T>({ label, columns, rows, rowKey }: DataTableProps<T>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <table className={classes.table} role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              style={{ width: column.width }}
              data-align={column.align}
              data-phone={column.phone}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                data-align={column.align}
                data-phone={column.phone}
                data-label={column.header}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  );
}
