import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What can be done with what a page shows, for the palette that lies over it. */
export type PageAct = { id: string; label: string; words: string; start: () => void };

let acts: PageAct[] = [];
const listeners = new Set<() => void>();

function become(next: PageAct[]) {
  acts = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const present = () => acts;

/** Offers an act as long as it is on the page; nothing while there is none. */
export function usePageAct(act: PageAct | undefined): void {
  const current = useRef(act);
  current.current = act;
  const { id, label, words } = act ?? {};
  useEffect(() => {
    if (id === undefined || label === undefined || words === undefined) return;
    const own = { id, label, words, start: () => current.current?.start() };
    become([...acts, own]);
    return () => become(acts.filter((each) => each !== own));
  }, [id, label, words]);
}

/** The acts of what is on the page now. */
export const usePageActs = (): PageAct[] => useSyncExternalStore(subscribe, present, present);
