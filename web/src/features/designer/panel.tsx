import { ActionIcon } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarRightCollapse } from '@/ui/icons';
import classes from './designer.module.css';

type PanelProps = {
  side: 'left' | 'right';
  label: string;
  title?: ReactNode;
  /** Whether it stands open on a phone, too, until somebody folds it. */
  open?: boolean;
  children: ReactNode;
};

const narrow = () => matchMedia('(max-width: 48em)').matches;
const stored = (label: string) => `hs-designer-${label.toLowerCase()}`;
const remembered = (label: string, first: boolean) => {
  try {
    const said = localStorage.getItem(stored(label));
    // On a phone there is room for one thing at a time.
    return said ? said !== 'shut' : first || !narrow();
  } catch {
    return true;
  }
};

/** What stands beside the canvas: palette or settings. It folds away for more room, and stays so. */
export function Panel({ side, label, title = label, open: first = false, children }: PanelProps) {
  const [open, setOpen] = useState(() => remembered(label, first));
  const Icon = side === 'left' ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarRightCollapse;
  const aside = useRef<HTMLElement>(null);
  const toggle = () => {
    try {
      localStorage.setItem(stored(label), open ? 'shut' : 'open');
    } catch {
      // Where nothing can be kept it is open the next time.
    }
    setOpen(!open);
    // On a phone panels lie below each other: what was opened is looked at.
    if (!open && narrow()) requestAnimationFrame(() => aside.current?.scrollIntoView({ block: 'start' }));
  };

  return (
    <aside ref={aside} className={classes.panel} data-side={side} data-open={open || undefined} aria-label={label}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle} data-folded={open ? undefined : ''}>
          {title}
        </h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-expanded={open}
          aria-label={open ? `Hide ${label.toLowerCase()}` : `Show ${label.toLowerCase()}`}
          onClick={toggle}
        >
          <Icon size={18} aria-hidden className={open ? undefined : classes.turned} />
        </ActionIcon>
      </div>
      {open && <div className={classes.panelBody}>{children}</div>}
    </aside>
  );
}
