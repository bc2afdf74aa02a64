import { Menu } from '@mantine/core';
import { IconAsterisk, IconEyeOff } from '@tabler/icons-react';
import { Fragment, type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from 'react';
import {
  type DocumentField,
  type FieldMode,
  type MatrixColumn,
  matrixColumns,
  matrixRows,
  modeOf,
  modesOf,
  nextMode,
  setModes,
  setModesWhere,
  titled,
} from '@/lib/definition';
import { IconChevronDown, IconEye, IconPencil } from '@/ui/icons';
import { useEditor } from '../editor';
import css from './matrix.module.css';

const modes: FieldMode[] = ['hidden', 'read', 'edit', 'required'];
const modeWords: Record<FieldMode, string> = { hidden: 'Hidden', read: 'Read', edit: 'Edit', required: 'Required' };
const icons = { hidden: IconEyeOff, read: IconEye, edit: IconPencil, required: IconAsterisk };
const letters: Record<string, FieldMode> = { h: 'hidden', r: 'read', e: 'edit', q: 'required', '*': 'required' };

/** Who meets which field where: one table of fields by steps. Arrow keys walk it, space goes round what a field can be. */
export function MatrixView() {
  const { doc, edit } = useEditor();
  const columns = useMemo(() => matrixColumns(doc), [doc]);
  const groups = useMemo(() => matrixRows(doc), [doc]);
  const names = useMemo(() => groups.flatMap((group) => group.fields.map((f) => f.name)), [groups]);
  const [at, setAt] = useState<[row: number, column: number]>([1, 1]);
  const [said, setSaid] = useState('');
  const grid = useRef<HTMLTableElement>(null);
  const now = useRef({ doc, columns });
  now.current = { doc, columns };

  const set = useCallback(
    (field: DocumentField, column: MatrixColumn, mode: FieldMode) => {
      edit((d) => setModes(d, column, [field.name], mode));
      setSaid(`${field.label || titled(field.name)}, ${column.label}: ${modeWords[mode]}`);
    },
    [edit],
  );
  const many = (column: MatrixColumn | undefined, fields: string[], mode: FieldMode) =>
    edit((d) =>
      (column ? [column] : now.current.columns).reduce((out, one) => setModesWhere(out, one, fields, mode), d),
    );
  const focus = useCallback((row: number, column: number) => {
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`);
    if (!cell) return;
    setAt([row, column]);
    cell.focus();
  }, []);
  const walk = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).dataset.cell;
    if (!cell || event.altKey) return;
    const [row = 0, column = 0] = cell.split(' ').map(Number);
    const whole = event.ctrlKey || event.metaKey;
    const to = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      Home: [whole ? 1 : row, 0],
      End: [whole ? names.length : row, columns.length],
      PageDown: [Math.min(names.length, row + 10), column],
      PageUp: [Math.max(1, row - 10), column],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    focus(to[0] ?? 0, to[1] ?? 0);
  };
  const stop = useCallback((row: number, column: number) => setAt([row, column]), []);

  if (names.length === 0)
    return (
      <div className={css.empty}>
        <p>There is no field yet. Add some under “Design”; here you then choose who sees and changes them.</p>
      </div>
    );
  let row = 0;
  const [stopRow, stopColumn] = [Math.min(at[0], names.length), Math.min(at[1], columns.length)];
  return (
    <div className={css.view}>
      <p className={css.legend}>
        Choose a cell to change it: click it, press Space, or type H, R, E or Q. What is pale goes without saying:
        people fill in fields at the start and read them later.
      </p>
      <div className={css.scroll}>
        <table
          ref={grid}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that arrow keys walk is a grid
          role="grid"
          aria-label="Who sees what"
          aria-rowcount={names.length + 1}
          aria-colcount={columns.length + 1}
          className={css.matrix}
          onKeyDown={walk}
        >
          <thead>
            <tr>
              <th scope="col" className={css.corner}>
                Field
              </th>
              {columns.map((column, c) => (
                <th
                  scope="col"
                  key={`${column.kind} ${column.id}`}
                  data-audience={column.kind === 'audience' || undefined}
                >
                  <SetAll
                    label={column.label}
                    cell={`0 ${c + 1}`}
                    stop={stopRow === 0 && stopColumn === c + 1}
                    choices={column.kind === 'audience' ? ['hidden', 'read'] : modes}
                    set={(mode) => many(column, names, mode)}
                    onFocus={() => stop(0, c + 1)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group, g) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: headings may be alike
              <Fragment key={g}>
                {group.heading && (
                  <tr className={css.heading}>
                    <th scope="rowgroup" colSpan={columns.length + 1}>
                      <span>{group.heading}</span>
                    </th>
                  </tr>
                )}
                {group.fields.map((field) => {
                  row += 1;
                  const mine = columns.map((column) => {
                    const { mode, said: own } = modeOf(doc, column, field);
                    return `${mode}${own ? '!' : ''}`;
                  });
                  return (
                    <Row
                      key={field.name}
                      row={row}
                      field={field}
                      modes={mine.join(' ')}
                      columns={columns}
                      stop={stopRow === row ? stopColumn : undefined}
                      set={set}
                      many={many}
                      onStop={stop}
                    />
                  );
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <div role="status" className="hs-visually-hidden">
        {said}
      </div>
    </div>
  );
}

type RowProps = {
  row: number;
  field: DocumentField;
  /** The modes of its cells in a word each, "!" where the definition says them. */
  modes: string;
  columns: MatrixColumn[];
  /** Which of its cells takes the focus by Tab. */
  stop: number | undefined;
  set: (field: DocumentField, column: MatrixColumn, mode: FieldMode) => void;
  many: (column: MatrixColumn | undefined, fields: string[], mode: FieldMode) => void;
  onStop: (row: number, column: number) => void;
};

const Row = memo(
  function Row({ row, field, modes: mine, columns, stop, set, many, onStop }: RowProps) {
    const label = field.label || titled(field.name);
    return (
      <tr>
        <th scope="row">
          <SetAll
            label={label}
            cell={`${row} 0`}
            stop={stop === 0}
            choices={modes}
            set={(mode) => many(undefined, [field.name], mode)}
            onFocus={() => onStop(row, 0)}
          />
        </th>
        {mine.split(' ').map((word, c) => {
          const column = columns[c];
          if (!column) return null;
          const said = word.endsWith('!');
          const mode = word.replace('!', '') as FieldMode;
          const Icon = icons[mode];
          const cell = `${row} ${c + 1}`;
          return (
            <td
              key={cell}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
              role="gridcell"
              tabIndex={stop === c + 1 ? 0 : -1}
              data-cell={cell}
              data-mode={mode}
              data-said={said || undefined}
              aria-label={`${modeWords[mode]}, ${label}, ${column.label}`}
              onFocus={() => onStop(row, c + 1)}
              onClick={(event) => {
                event.currentTarget.focus();
                set(field, column, nextMode(column, field, mode));
              }}
              onKeyDown={(event) => {
                if (event.ctrlKey || event.metaKey || event.altKey) return;
                const typed = letters[event.key.toLowerCase()];
                const next = event.key === ' ' || event.key === 'Enter' ? nextMode(column, field, mode) : typed;
                if (!next) return;
                event.preventDefault();
                if (modesOf(column, field).includes(next)) set(field, column, next);
              }}
            >
              <span className={css.mode}>
                <Icon size={13} stroke={1.8} aria-hidden />
                {modeWords[mode]}
              </span>
            </td>
          );
        })}
      </tr>
    );
  },
  (a, b) =>
    a.row === b.row && a.field === b.field && a.modes === b.modes && a.columns === b.columns && a.stop === b.stop,
);

type SetAllProps = {
  label: string;
  cell: string;
  stop: boolean;
  choices: FieldMode[];
  set: (mode: FieldMode) => void;
  onFocus: () => void;
};

/** The head of a row or column; from it all of its cells are set at once. */
function SetAll({ label, cell, stop, choices, set, onFocus }: SetAllProps) {
  const [open, setOpen] = useState(false);
  const head = (
    <button
      type="button"
      className={css.head}
      data-cell={cell}
      tabIndex={stop ? 0 : -1}
      title={label}
      onFocus={onFocus}
      onClick={() => setOpen(true)}
      aria-haspopup="menu"
    >
      <span>{label}</span>
      <IconChevronDown size={13} aria-hidden />
    </button>
  );
  // 60 rows need no menus that nobody opens.
  if (!open) return head;
  return (
    <Menu opened onChange={setOpen} position="bottom-start" withinPortal shadow="md" returnFocus>
      <Menu.Target>{head}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>All at once</Menu.Label>
        {choices.map((mode) => {
          const Icon = icons[mode];
          return (
            <Menu.Item key={mode} leftSection={<Icon size={14} aria-hidden />} onClick={() => set(mode)}>
              {modeWords[mode]}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
