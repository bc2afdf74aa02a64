import { useEffect, useRef } from 'react';
import { shortcutsOn } from '@/lib/prefs';

/** A mark beside a line, which only the mouse reaches, takes no letters: after it keys go on as before. */
const mark = (target: HTMLElement) =>
  target instanceof HTMLInputElement && target.type === 'checkbox' && target.tabIndex < 0;

export const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !mark(target);

/** The key that is held down with another for a command, by its name on this machine. */
export const commandKey =
  typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl';

/** Whether something modal is open: keys and the focus then belong to it. */
export const covered = () =>
  [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')].some(
    // Lists of choices stay on the page while they are closed.
    (element) => element.getClientRects().length > 0,
  );

/**
 * Single-key shortcuts of a page. They rest while the reader types or a dialog is open, and people
 * whose tools send stray keys can switch them off (WCAG 2.1.4). Those that go `first` take a key
 * before others on the same page see it.
 */
export function useHotkeys(keys: Record<string, (() => void) | undefined>, { first = false } = {}): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (typing(event.target) || covered() || !shortcutsOn()) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen, first);
    return () => document.removeEventListener('keydown', listen, first);
  }, [first]);
}

/** Tells the key of a control to those who point at it and to those who hear the page. */
export const keyHint = (key: string | undefined) =>
  key && shortcutsOn() ? { 'aria-keyshortcuts': key, title: `Key ${key.toUpperCase()}` } : undefined;
