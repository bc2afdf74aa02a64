import { ActionIcon, Menu } from '@mantine/core';
import { keyHint } from '@/ui/hotkeys';
import { IconDots } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import type { Act } from './acts';

/** The rarer acts, in a menu. */
export function ActMore({ acts }: { acts: Act[] }) {
  if (acts.length === 0) return null;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More acts" loading={acts.some((act) => act.pending)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ id, label, icon: Icon, key, start }) => (
          <Menu.Item
            key={id}
            leftSection={Icon && <Icon size={16} stroke={1.7} aria-hidden />}
            rightSection={
              key && (
                <span aria-hidden>
                  <Key>{key}</Key>
                </span>
              )
            }
            onClick={start}
            aria-keyshortcuts={keyHint(key)?.['aria-keyshortcuts']}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
