import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  addTab,
  changeItem,
  type ItemPath,
  kindOf,
  type LayoutItem,
  layoutOf,
  removeTab,
  selectionAt,
  shifted,
  unwrap,
} from '@/lib/definition';
import { IconPlus, IconTrash } from '@/ui/icons';
import shell from '../designer.module.css';
import { useEditor } from '../editor';
import { Group, TextSetting } from '../settings/controls';
import css from './form.module.css';
import { useActs } from './use-design';

const about: Record<string, string> = {
  columns: 'What is in it stands side by side, and one below the other where the screen is narrow.',
  rows: 'What is in it stands one below the other: for several fields in one column.',
  grid: 'What is in it stands in as many columns as there is room for.',
  divider: 'A line between what is above and below.',
};

/** The settings of what gives the form its shape. */
export function LayoutSettings({ item, path }: { item: LayoutItem; path: ItemPath }) {
  const { edit } = useEditor();
  const kind = kindOf(item);
  const wholly = () => edit((d) => unwrap(d, path), { select: (d) => selectionAt(layoutOf(d), path) });
  return (
    <div className={shell.settings}>
      {kind === 'section' && (
        <div data-first-setting>
          <TextSetting
            label="Heading"
            path={`form.layout.${path}`}
            value={item.section}
            onChange={(section) =>
              edit((d) => changeItem(d, path, { section: section ?? '' }), { mark: `item ${path}` })
            }
          />
        </div>
      )}
      {about[kind] && <p className={shell.hint}>{about[kind]}</p>}
      {item.tabs && <TabsSetting tabs={item.tabs} path={path} />}
      {kind !== 'divider' && (
        <Group title="Frame">
          <p className={shell.hint}>What is in it stays where it is.</p>
          <Button size="compact-sm" variant="default" className={shell.add} onClick={wholly}>
            Take the frame away
          </Button>
        </Group>
      )}
    </div>
  );
}

function TabsSetting({ tabs, path }: { tabs: NonNullable<LayoutItem['tabs']>; path: ItemPath }) {
  const { edit } = useEditor();
  const acts = useActs();
  const put = (next: typeof tabs, mark?: string) => edit((d) => changeItem(d, path, { tabs: next }), { mark });
  const add = () => {
    edit((d) => addTab(d, path, `Tab ${tabs.length + 1}`));
    acts.showTab(path, tabs.length);
  };
  return (
    <div className={css.rowsSetting} data-first-setting>
      {tabs.map((tab, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels change while they are typed
        <div key={n} className={css.rowSetting}>
          <TextSetting
            label={`Tab ${n + 1}`}
            path={`form.layout.${path}.tabs.${n}`}
            value={tab.label}
            onChange={(label) =>
              put(
                tabs.map((one, i) => (i === n ? { ...one, label: label ?? '' } : one)),
                `tab ${path} ${n}`,
              )
            }
          />
          <Order
            what={tab.label || `tab ${n + 1}`}
            at={n}
            of={tabs.length}
            move={(by) => put(shifted(tabs, n, by))}
            remove={tabs.length > 1 ? () => edit((d) => removeTab(d, path, n)) : undefined}
          />
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        className={shell.add}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        Add a tab
      </Button>
      {tabs.length > 1 && <p className={shell.hint}>What is in a tab that you remove goes to the one beside it.</p>}
    </div>
  );
}

type OrderProps = { what: string; at: number; of: number; move: (by: number) => void; remove?: () => void };

/** Moves an entry of a list and takes it away. */
export function Order({ what, at, of, move, remove }: OrderProps) {
  return (
    <span className={css.order}>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={`Move ${what} up`}
        disabled={at === 0}
        onClick={() => move(-1)}
      >
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={`Move ${what} down`}
        disabled={at === of - 1}
        onClick={() => move(1)}
      >
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={`Remove ${what}`}
        disabled={!remove}
        onClick={remove}
      >
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </span>
  );
}
