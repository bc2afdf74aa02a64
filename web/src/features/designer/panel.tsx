import { ActionIcon } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarRightCollapse } from '@/ui/icons';
import classes from './designer.module.css';

type PanelProps = { side: 'left' | 'right'; label: string; title?: ReactNode; children: ReactNode };

const stored = (label: string) => `hs-designer-${label.toLowerCase()}`;
/** On a narrow screen, where all stands one below the other, what is left of the canvas is folded at first. */
const atFirst = (side: PanelProps['side']) => side === 'right' || !matchMedia('(max-width: 48em)').matches;
const remembered = (label: string, side: PanelProps['side']) => {
  try {
    const kept = localStorage.getItem(stored(label));
    return kept === null ? atFirst(side) : kept !== 'shut';
  } catch {
    return atFirst(side);
  }
};

/** What stands beside the canvas: palette or settings. It folds away for more room, and stays so. */
export function Panel({ side, label, title = label, children }: PanelProps) {
  const [open, setOpen] = useState(() => remembered(label, side));
  const Icon = side === 'left' ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarRightCollapse;
  const toggle = () => {
    try {
      localStorage.setItem(stored(label), open ? 'shut' : 'open');
    } catch {
      // Where nothing can be kept it is open the next time.
    }
    setOpen(!open);
  };
  return (
    <aside className={classes.panel} data-side={side} data-open={open || undefined} aria-label={label}>
      <div className={classes.panelHead}>
        <h2 className={classes.panelTitle}>{title}</h2>
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
