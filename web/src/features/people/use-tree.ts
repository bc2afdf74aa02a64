import { useEffect, useMemo, useRef, useState } from 'react';
import {
  drawMore,
  everyManager,
  type Forest,
  moreAfter,
  moveBy,
  type Node,
  openAtFirst,
  reveal,
  search,
  type TreePerson,
  typeAhead,
  type Unfolding,
  visible,
} from './tree';

/** The picture as it is unfolded, where the reader is in it, and what can be done with it. */
export type TreeHandle = Unfolding & {
  at: string;
  matches: TreePerson[];
  /** Of the person one is at among the matches; -1 when at none. */
  place: number;
  /** Goes to somebody, unfolding what hides them. */
  go: (id: string) => void;
  next: (by: 1 | -1) => void;
  toggle: (id: string) => void;
  more: (node: Node) => void;
  openAll: () => void;
  closeAll: () => void;
  /** What a key means; false when it means nothing here. */
  press: (key: string) => boolean;
};

/** With so many matches all of them are unfolded; with more only the first. */
const mostRevealed = 30;

export function useTree(forest: Forest, words: string, wanted: string | undefined): TreeHandle {
  const top = forest.tops[0]?.person.id ?? '';
  const [unfolding, setUnfolding] = useState<Unfolding>(() => ({ open: openAtFirst(forest), shown: new Map() }));
  const [chosen, setAt] = useState(top);
  const at = forest.byId.has(chosen) ? chosen : top;
  const typed = useRef({ letters: '', when: 0 });
  const matches = useMemo(() => search(forest, words), [forest, words]);

  const answered = useRef('');
  useEffect(() => {
    // Only what is asked anew moves the reader, not what was read again.
    const asked = JSON.stringify([words, wanted]);
    if (answered.current === asked) return;
    answered.current = asked;
    const ids = wanted && forest.byId.has(wanted) ? [wanted] : matches.map((person) => person.id);
    const first = ids[0];
    if (first === undefined) return;
    setUnfolding((now) => reveal(forest, ids.length > mostRevealed ? [first] : ids, now));
    setAt(first);
  }, [forest, matches, words, wanted]);

  const go = (id: string) => {
    setUnfolding((now) => reveal(forest, [id], now));
    setAt(id);
  };
  const setOpen = (id: string, open: boolean) =>
    setUnfolding((now) => {
      const changed = new Set(now.open);
      if (open) changed.add(id);
      else changed.delete(id);
      return { ...now, open: changed };
    });
  const place = matches.findIndex((person) => person.id === at);

  /** What is drawn when the key is pressed: going down past the last of many draws the next. */
  const drawnFor = (key: string): Unfolding => {
    const entered = unfolding.open.has(at) && forest.byId.get(at)?.reports.length;
    const longer = key === 'ArrowDown' && !entered ? moreAfter(forest, at, unfolding) : undefined;
    if (!longer) return unfolding;
    const now = drawMore(longer, unfolding);
    setUnfolding(now);
    return now;
  };
  const jump = (letter: string) => {
    const when = Date.now();
    const letters = when - typed.current.when < 800 ? typed.current.letters + letter : letter;
    typed.current = { letters, when };
    const found = typeAhead(visible(forest.tops, unfolding.open, unfolding.shown), at, letters);
    if (found) setAt(found);
  };
  const openSiblings = () => {
    const siblings = forest.above.get(at)?.reports ?? forest.tops;
    setUnfolding((u) => ({ ...u, open: new Set([...u.open, ...siblings.map((node) => node.person.id)]) }));
  };
  const press = (key: string): boolean => {
    const now = drawnFor(key);
    const move = moveBy(key, at, forest, now.open, now.shown);
    if (move) {
      if ('to' in move) setAt(move.to);
      else setOpen('open' in move ? move.open : move.close, 'open' in move);
      return true;
    }
    if (key === '*') openSiblings();
    else if (key.length === 1 && /\p{L}/u.test(key)) jump(key);
    else return false;
    return true;
  };

  return {
    ...unfolding,
    at,
    matches,
    place,
    go,
    next: (by) => {
      const target = matches[(place + by + matches.length) % matches.length];
      if (target) go(target.id);
    },
    toggle: (id) => {
      setAt(id);
      if (forest.byId.get(id)?.reports.length) setOpen(id, !unfolding.open.has(id));
    },
    more: (node) => setUnfolding((now) => drawMore(node, now)),
    openAll: () => setUnfolding((now) => ({ ...now, open: everyManager(forest) })),
    closeAll: () => {
      setUnfolding({ open: new Set(), shown: new Map() });
      setAt(top);
    },
    press,
  };
}
