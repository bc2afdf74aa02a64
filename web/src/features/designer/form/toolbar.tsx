import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconIndentDecrease, IconIndentIncrease } from '@tabler/icons-react';
import { type Direction, type ItemPath, stepPlace } from '@/lib/definition';
import { commandKey } from '@/ui/hotkeys';
import { IconCopy, IconPencil, IconTrash } from '@/ui/icons';
import css from './form.module.css';
import { useFormDesign } from './use-design';

const ways: { direction: Direction; label: string; key: string; Icon: typeof IconArrowUp }[] = [
  { direction: 'up', label: 'Move up', key: '↑', Icon: IconArrowUp },
  { direction: 'down', label: 'Move down', key: '↓', Icon: IconArrowDown },
  { direction: 'out', label: 'Move out of the frame', key: '←', Icon: IconIndentDecrease },
  { direction: 'in', label: 'Move into the frame beside it', key: '→', Icon: IconIndentIncrease },
];

/** What can be done with the chosen entry. The same by keys while the entry has the focus. */
export function Toolbar({ path, holds }: { path: ItemPath; holds: boolean }) {
  const { layout, acts } = useFormDesign();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: presses on the toolbar are not meant for the entry below it
    <div
      role="toolbar"
      aria-label="Chosen entry"
      className={css.toolbar}
      onClick={(event) => event.stopPropagation()}
      onMouseDown={(event) => event.stopPropagation()}
      onTouchStart={(event) => event.stopPropagation()}
    >
      <ActionIcon
        className={css.change}
        size={24}
        variant="subtle"
        color="gray"
        aria-label="Change its settings"
        onClick={() => acts.focus('settings')}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
      {ways.map(({ direction, label, key, Icon }) => {
        const place = stepPlace(layout, path, direction);
        // Out and in are rare: they are there where they lead somewhere.
        if (!place && (direction === 'out' || direction === 'in')) return null;
        return (
          <ActionIcon
            key={direction}
            size={24}
            variant="subtle"
            color="gray"
            aria-label={label}
            title={`${label} (Alt ${key})`}
            disabled={!place}
            onClick={() => acts.step(path, direction)}
          >
            <Icon size={15} aria-hidden />
          </ActionIcon>
        );
      })}
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label="Duplicate"
        title={`Duplicate (${commandKey} D)`}
        onClick={() => acts.duplicate(path)}
      >
        <IconCopy size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={holds ? 'Delete with all that is in it' : 'Delete'}
        title="Delete (Del)"
        onClick={() => acts.remove(path)}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
