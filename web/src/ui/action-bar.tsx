import type { ReactNode } from 'react';
import classes from './action-bar.module.css';

/** What can be done with the page, always in reach: at the foot of the content, at the thumb on a phone. */
export function ActionBar({ children, label }: { children: ReactNode; label?: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group may hold buttons of a surrounding form
    <div
      className={classes.bar}
      role="group"
      aria-label={label ?? 'Actions'}
      data-action-bar
      // Pressing a button must not first leave the field: what leaving it shows would move the
      // button away below the finger, and the click would be lost.
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}
