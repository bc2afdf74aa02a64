import { type PointerEvent, type SyntheticEvent, useRef } from 'react';

const long = 450;
/** A finger that moves further than this many pixels scrolls. */
const still = 10;

/**
 * A finger that rests on something, told once. `rested` answers whether the click that follows belongs
 * to it. The menu a browser would open for a link under a resting finger stays closed.
 */
export function useRest(act: (() => void) | undefined) {
  const state = useRef<{ x: number; y: number; timer?: ReturnType<typeof setTimeout>; done: boolean }>(undefined);
  const stop = () => clearTimeout(state.current?.timer);
  const begin = (event: PointerEvent) => {
    stop();
    state.current = undefined;
    if (!act || event.pointerType !== 'touch' || !event.isPrimary) return;
    const here = { x: event.clientX, y: event.clientY, done: false };
    const timer = setTimeout(() => {
      if (state.current) state.current.done = true;
      act();
    }, long);
    state.current = { ...here, timer };
  };
  const move = (event: PointerEvent) => {
    const from = state.current;
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > still) stop();
  };
  return {
    rested: () => state.current?.done ?? false,
    onPointerDown: begin,
    onPointerMove: move,
    onPointerUp: stop,
    onPointerCancel: stop,
    onContextMenu: (event: SyntheticEvent) => {
      if (act && state.current) event.preventDefault();
    },
  };
}
