import type { ReactNode } from 'react';
import classes from './tabs-nav.module.css';

/** Views of one page, each with an address of its own: links that look like tabs. */
export function TabsNav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {children}
    </nav>
  );
}
