import { useEffect, useRef, useState } from 'react';
import type { Line } from './lines';
import { present, step, successor } from './selection';

type Options = {
  lines: Line[] | undefined;
  /** The line the address names. */
  open: string | undefined;
  /** Whether lines are shown beside the list, so that one always is. */
  beside: boolean;
  /** Whether the list is still that of the address before. */
  stale: boolean;
  /** Whether something is being entered in what is open: then it stays. */
  held: boolean;
  choose: (key: string | undefined) => void;
  /** Called with the line that has taken the place of one that left; without one when it was the last. */
  onSuccessor: (line: Line | undefined) => void;
};

/** Which line is open. What leaves the list gives its place to the next one, by whomever it was decided. */
export function useSelection({ lines, open, beside, stale, held, choose, onSuccessor }: Options) {
  const keys = lines?.map((line) => line.key) ?? [];
  const before = useRef<string[]>([]);
  const found = open !== undefined && keys.includes(open);
  const selected = found ? open : beside && open === undefined ? keys[0] : undefined;
  const told = useRef(onSuccessor);
  told.current = onSuccessor;
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!lines || stale || held) return;
    const now = lines.map((line) => line.key);
    const was = before.current;
    const left = open ?? last.current;
    before.current = now;
    last.current = selected;
    if (left === undefined || now.includes(left) || !was.includes(left)) return;
    const next = successor(was, now, left);
    choose(next);
    told.current(lines.find((each) => each.key === next));
  }, [lines, stale, held, open, selected, choose]);
  return {
    selected,
    /** What stands beside the list, in it or not: an address may name a request that has left it, and what is held stays. */
    shown: held ? (open ?? last.current) : (selected ?? open),
    moved: (by: number) => (open === undefined && beside ? (by > 0 ? keys[0] : keys.at(-1)) : step(keys, selected, by)),
  };
}

const none: ReadonlySet<string> = new Set();

/** The marked lines, without those that have left. */
export function useMarks(lines: Line[] | undefined) {
  const [marked, setMarked] = useState(none);
  const anchor = useRef<string | undefined>(undefined);
  const kept = lines
    ? present(
        marked,
        lines.map((line) => line.key),
      )
    : marked;
  return { marked: kept, setMarked, anchor };
}
