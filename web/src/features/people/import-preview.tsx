import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Refusal } from '@/components/query-state';
import { type Column, DataTable } from '@/ui/data-table';
import { Banner } from '@/ui/feedback';
import { Pill, type Tone } from '@/ui/pill';
import { errorsByLine, type ImportError, type Imported, type ImportRow, summary, wrongRows } from './import';
import classes from './import-page.module.css';
import { useImport } from './use-import';

type ImportPreviewProps = { preview: Imported; csv: string; onBack: () => void; onDone: (done: Imported) => void };

/** So many rows are drawn at once. */
const batch = 100;

/** The table as the server read it, with what is wrong in each row. */
export function ImportPreview({ preview, csv, onBack, onDone }: ImportPreviewProps) {
  const [found, setFound] = useState(preview);
  const importing = useImport(onDone, setFound);
  const wrong = wrongRows(found);
  const changes = found.created + found.updated;
  return (
    <div className={classes.form}>
      {wrong > 0 ? (
        <Banner tone="red" title={wrong === 1 ? 'One row cannot be used' : `${wrong} rows cannot be used`}>
          Nothing is imported while a row is wrong. Mend the table and check it again.
        </Banner>
      ) : (
        <Banner title={summary(found, false)}>
          {changes > 0
            ? 'This is how the table was understood.'
            : 'There is nothing to import: everything is as in the table.'}
        </Banner>
      )}
      <Rows found={found} />
      <Refusal error={importing.error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          Back to the table
        </Button>
        {wrong === 0 && changes > 0 && (
          <Button loading={importing.isPending} onClick={() => importing.mutate({ csv, dry_run: false })}>
            Import {changes === 1 ? 'one person' : `${changes} people`}
          </Button>
        )}
      </div>
    </div>
  );
}

type Action = ImportRow['action'];
const words: Record<Action, { label: string; tone: Tone }> = {
  error: { label: 'Wrong', tone: 'red' },
  create: { label: 'Add', tone: 'green' },
  update: { label: 'Change', tone: 'accent' },
  unchanged: { label: 'As before', tone: 'gray' },
};

function Rows({ found }: { found: Imported }) {
  const [only, setOnly] = useState<Action | 'all'>(wrongRows(found) > 0 ? 'error' : 'all');
  const [shown, setShown] = useState(batch);
  const errors = errorsByLine(found.errors);
  const actions = (Object.keys(words) as Action[]).filter((action) => found.rows.some((row) => row.action === action));
  const rows = found.rows.filter((row) => only === 'all' || row.action === only);
  return (
    <>
      {actions.length > 1 && (
        <SegmentedControl
          aria-label="Rows"
          className={classes.filter}
          value={only}
          onChange={(value) => {
            setOnly(value as Action | 'all');
            setShown(batch);
          }}
          data={[
            { value: 'all', label: `All ${found.rows.length}` },
            ...actions.map((action) => ({
              value: action,
              label: `${words[action].label} ${found.rows.filter((row) => row.action === action).length}`,
            })),
          ]}
        />
      )}
      <DataTable
        label="Rows of the table"
        columns={columnsFor(errors)}
        rows={rows.slice(0, shown)}
        rowKey={(row) => String(row.line)}
      />
      {rows.length > shown && (
        <div className={classes.center}>
          <Button variant="default" onClick={() => setShown(shown + batch * 5)}>
            Show more of {rows.length}
          </Button>
        </div>
      )}
    </>
  );
}

const columnsFor = (errors: Map<number, ImportError[]>): Column<ImportRow>[] => [
  { key: 'line', header: 'Line', width: '1px', align: 'right', cell: (row) => row.line },
  {
    key: 'action',
    header: 'What happens',
    width: '1px',
    phone: 'bare',
    cell: (row) => <Pill tone={words[row.action].tone}>{words[row.action].label}</Pill>,
  },
  {
    key: 'person',
    header: 'Person',
    phone: 'title',
    cell: (row) => <RowPerson row={row} errors={errors.get(row.line)} />,
  },
  { key: 'manager', header: 'Manager', cell: (row) => row.manager },
  { key: 'department', header: 'Department', phone: 'bare', cell: (row) => row.department },
  { key: 'designation', header: 'Designation', phone: 'bare', cell: (row) => row.designation },
];

function RowPerson({ row, errors = [] }: { row: ImportRow; errors: ImportError[] | undefined }) {
  return (
    <span className={classes.person}>
      <span className={classes.name}>{row.name || 'Without a name'}</span>
      <span className={classes.quiet}>{row.email || 'without an address'}</span>
      {row.changes.length > 0 && <span className={classes.quiet}>Changes: {row.changes.join(', ')}</span>}
      {errors.map((error) => (
        <span key={error.field + error.message} className={classes.error}>
          <code>{error.field}</code> {error.message}
        </span>
      ))}
    </span>
  );
}
