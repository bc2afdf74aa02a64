/** One decision that its maker may take back, or several that were one act. */
export type Undoable = {
  tasks: { id: string; ref: string; title: string }[];
  /** What was said when it was made. */
  words: string;
  /** When it is too late, in the time of this machine. */
  until: number;
};

/**
 * How long it is offered, from the answer on: the server allows 60 seconds from the decision, by its own clock, and an
 * offer that is sure to be refused is none.
 */
export const offeredFor = 58_000;

let stack: Undoable[] = [];
const listeners = new Set<() => void>();

function change(to: Undoable[]) {
  stack = to;
  for (const listener of listeners) listener();
}

export const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
export const stacked = (): Undoable[] => stack;

/** What was decided last lies on top. What is too late by now is forgotten. */
export function push(tasks: Undoable['tasks'], words: string, now = Date.now()): void {
  change([...stack.filter((each) => each.until > now), { tasks, words, until: now + offeredFor }]);
}

/** The latest decision that is not too late. */
export const latest = (of: Undoable[], now = Date.now()): Undoable | undefined =>
  of.findLast((each) => each.until > now);

/** It is taken back, too late, or not wanted any more. */
export const drop = (one: Undoable): void => change(stack.filter((each) => each !== one));

export const clear = (): void => change([]);

/** Those who show a list choose again what is back in it. */
const returned = new Set<(refs: string[]) => void>();
export const onReturned = (listener: (refs: string[]) => void) => {
  returned.add(listener);
  return () => {
    returned.delete(listener);
  };
};
export const tellReturned = (refs: string[]): void => {
  for (const listener of returned) listener(refs);
};
