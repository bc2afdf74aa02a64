import { type ReactNode, useLayoutEffect, useRef } from 'react';
import classes from './action-bar.module.css';

/** What can be done with the page, always in reach: at the foot of the content, at the thumb on a phone. */
export function ActionBar({ children, label }: { children: ReactNode; label?: string }) {
  const bar = useHeight();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the group may hold buttons of a surrounding form
    <div
      ref={bar}
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

/** Tells the page how high the bar is, so that what floats above the page floats above the bar. */
function useHeight() {
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const tell = () => style.setProperty('--hs-action-bar', `${bar.current?.offsetHeight ?? 0}px`);
    const watch = new ResizeObserver(tell);
    if (bar.current) watch.observe(bar.current);
    tell();
    return () => {
      watch.disconnect();
      style.removeProperty('--hs-action-bar');
    };
  }, []);
  return bar;
}
