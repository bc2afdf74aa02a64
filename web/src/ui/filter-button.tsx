import { Button, Popover } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
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
  const [button, setButton] = useState<HTMLElement | null>(null);
  const [fields, setFields] = useState<HTMLElement | null>(null);
  // The list of a field lies outside, at the end of the page: choosing from it is no press beside.
  const outside = (event: Event) => {
    if (open && !(event.target as Element).closest('[role="listbox"]')) setOpen(false);
  };
  useClickOutside(outside, null, [button, fields]);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      closeOnClickOutside={false}
      position="bottom-end"
      width={290}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          ref={setButton}
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
      <Popover.Dropdown ref={setFields} aria-label="Filters">
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
