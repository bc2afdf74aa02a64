import { UnstyledButton } from '@mantine/core';
import { commandKey } from '@/ui/hotkeys';
import { IconSearch } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import classes from './shell.module.css';

/** The visible way to the palette, for those who do not know its keys yet. */
export function FindButton({ onFind }: { onFind: () => void }) {
  return (
    <UnstyledButton className={classes.find} onClick={onFind} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={15} stroke={1.8} aria-hidden />
      <span className={classes.word}>Find</span>
      <span aria-hidden className={classes.keys}>
        <Key>{commandKey}</Key> <Key>K</Key>
      </span>
    </UnstyledButton>
  );
}
