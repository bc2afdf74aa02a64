import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * Whether an element is narrower than so many pixels: a request may stand in a pane beside a list, so
 * the window says little. No container query: one would catch the bar that is fixed at the thumb.
 */
export function useNarrow(element: RefObject<HTMLElement | null>, below: number): boolean {
  const [narrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setNarrow(box.clientWidth < below);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [element, below]);
  return narrow;
}
