import { useSyncExternalStore } from 'react';

let printing = false;

function subscribe(listener: () => void) {
  const set = (now: boolean) => () => {
    printing = now;
    listener();
  };
  const [before, after] = [set(true), set(false)];
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}

/** Whether the page is on its way to paper: what folds or must be pressed is then laid open. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => printing,
    () => false,
  );
