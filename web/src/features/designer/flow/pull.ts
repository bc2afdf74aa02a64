import { type PointerEvent as ReactPointerEvent, useCallback, useSyncExternalStore } from 'react';
import type { Pull } from './acts';
import type { XY } from './routes';
import { useActs } from './use-flow';

/** The arrow that is being drawn, and where its free end is. It moves with the pointer, so nothing else is drawn again for it. */
type Drawn = { pull: Pull; at: XY } | undefined;
let drawn: Drawn;
const listeners = new Set<() => void>();
const put = (next: Drawn) => {
  drawn = next;
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const usePulled = (): Drawn => useSyncExternalStore(subscribe, () => drawn);

const least = 5;

/** Draws an arrow, or leads one elsewhere, from the moment it is taken hold of until it is let go. */
export function usePull() {
  const acts = useActs();
  return useCallback(
    (event: ReactPointerEvent, pull: Pull) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      const begun = { x: event.clientX, y: event.clientY };
      let far = false;
      const at = (e: PointerEvent) => acts.flowPoint({ x: e.clientX, y: e.clientY });
      const move = (e: PointerEvent) => {
        e.preventDefault();
        far ||= Math.hypot(e.clientX - begun.x, e.clientY - begun.y) > least;
        const point = at(e);
        if (!far || !point) return;
        put({ pull, at: point });
        acts.aimPull(pull, point);
      };
      const end = () => {
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', up);
        removeEventListener('pointercancel', end);
        removeEventListener('keydown', key, true);
        put(undefined);
        acts.setAim({});
      };
      const up = (e: PointerEvent) => {
        const point = at(e);
        end();
        if (far && point) acts.dropPull(pull, point);
        else if (!far && 'from' in pull) acts.askTarget(pull.from);
      };
      const key = (e: KeyboardEvent) => {
        if (e.key !== 'Escape') return;
        e.stopPropagation();
        end();
      };
      addEventListener('pointermove', move, { passive: false });
      addEventListener('pointerup', up);
      addEventListener('pointercancel', end);
      addEventListener('keydown', key, true);
    },
    [acts],
  );
}
