import { Button, Menu } from '@mantine/core';
import {
  addColumn,
  type DocumentField,
  fieldKinds,
  moveColumn,
  nameFor,
  removeColumn,
  titled,
  typeLabel,
} from '@/lib/definition';
import { IconChevronRight, IconPlus } from '@/ui/icons';
import shell from '../designer.module.css';
import { useEditor } from '../editor';
import { Group, useErrors } from '../settings/controls';
import css from './form.module.css';
import { KindIcon } from './kind-icon';
import { Order } from './layout-settings';

/** The columns of a table. Each has settings of its own. */
export function ColumnsSetting({ table, index }: { table: DocumentField; index: number }) {
  const { edit, select, problems } = useEditor();
  const columns = table.columns ?? [];
  const error = useErrors(columns.length === 0 ? `form.fields.${index}.columns` : undefined);
  const kinds = fieldKinds.filter((kind) => kind.type !== 'table' && kind.type !== 'note');
  const add = (type: string) => {
    const kind = kinds.find((one) => one.type === type);
    const label = kind?.fresh?.label ?? kind?.label ?? '';
    const name =
      nameFor(
        label,
        columns.map((c) => c.name),
      ) ?? type;
    edit((d) => addColumn(d, table.name, { name, type, label, ...structuredClone(kind?.fresh) }), {
      select: { kind: 'column', table: table.name, name },
    });
  };
  return (
    <Group title="Columns">
      <div className={css.rowsSetting}>
        {columns.map((column, i) => {
          const called = column.label || titled(column.name);
          const at = `form.fields.${index}.columns.${i}`;
          const wrong = problems.some((p) => p.path === at || p.path.startsWith(`${at}.`));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
            <div key={i} className={css.rowSetting}>
              <button
                type="button"
                className={css.column}
                data-wrong={wrong || undefined}
                title={typeLabel(column.type)}
                onClick={() => select({ kind: 'column', table: table.name, name: column.name })}
              >
                <span>{called}</span>
                {wrong && <span className="hs-visually-hidden">, has a problem</span>}
                <IconChevronRight size={14} aria-hidden />
              </button>
              <Order
                what={called}
                at={i}
                of={columns.length}
                move={(by) => edit((d) => moveColumn(d, table.name, column.name, by))}
                remove={() => edit((d) => removeColumn(d, table.name, column.name))}
              />
            </div>
          );
        })}
        {error && <span className={shell.valueError}>{error.join(' ')}</span>}
        <Menu position="bottom-start" withinPortal shadow="md">
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="subtle"
              className={shell.add}
              leftSection={<IconPlus size={14} aria-hidden />}
            >
              Add a column
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={css.menu}>
            {kinds.map((kind) => (
              <Menu.Item key={kind.type} leftSection={<KindIcon icon={kind.icon} />} onClick={() => add(kind.type)}>
                {kind.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </Group>
  );
}
