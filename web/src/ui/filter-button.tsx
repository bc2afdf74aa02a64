import { Button, Popover } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import classes from './filter-button.module.css';
import { IconFilter } from './icons';
import { Count } from './pill';

type FilterButtonProps = {
  /** How many filters are set. */
  narrowed: number;
  onClear: () => void;
  children: ReactNode;
};

/** Opens what a list can be narrowed by, and says how much it is. */
export function FilterButton({ narrowed, onClear, children }: FilterButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={290} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          onClick={() => setOpen((o) => !o)}
          leftSection={<IconFilter size={16} stroke={1.7} aria-hidden />}
        >
          Filter
          {narrowed > 0 && (
            <span className={classes.count}>
              <Count value={narrowed} />
            </span>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters">
        <div className={classes.fields}>
          {children}
          {narrowed > 0 && (
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setOpen(false);
                onClear();
              }}
            >
              Remove all filters
            </Button>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
