import type { ReactNode } from 'react';
import classes from './action-bar.module.css';

/** What can be done with the page, always in reach: at the foot of the content, at the thumb on a phone. */
export function ActionBar({ children, label }: { children: ReactNode; label?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group may hold buttons of a surrounding form
    <div className={classes.bar} role="group" aria-label={label ?? 'Actions'} data-action-bar>
      {children}
    </div>
  );
}
