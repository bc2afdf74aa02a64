import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { actKeys } from '@/ui/act-keys';
import { covered, typing, useHotkeys } from '@/ui/hotkeys';
import { offer, say } from '@/ui/toast';
import { clear, drop, latest, stacked, subscribe, tellReturned, type Undoable } from './stack';
import { aboutTakenBack, type Left, takeBack } from './take-back';

// Asked for when something could not be taken back, which is rare.
const ResultList = lazy(() => import('@/components/result-list').then((m) => ({ default: m.ResultList })));

/** Offers to take back what was decided last, on every page, and does so. Mounted once, while somebody is signed in. */
export function UndoHost() {
  const client = useQueryClient();
  const stack = useSyncExternalStore(subscribe, stacked, stacked);
  const top = latest(stack);
  const [left, setLeft] = useState<Left[]>([]);
  const [busy, setBusy] = useState<Undoable>();
  const undo = async (one: Undoable) => {
    if (busy) return;
    setBusy(one);
    const result = await takeBack(client, one);
    setBusy(undefined);
    const [only] = result.left;
    if (!(one.tasks.length === 1 && only?.unsettled)) drop(one);
    if (one.tasks.length === 1 && only) say(only.reason, 'red');
    else say(aboutTakenBack(result), result.done.length > 0 ? 'green' : 'red');
    if (one.tasks.length > 1) setLeft(result.left);
    if (result.done.length > 0) tellReturned(result.done);
  };
  const current = useRef(undo);
  current.current = undo;
  useEffect(() => {
    if (!top || busy) return;
    return offer({
      text: top.words,
      label: top.tasks.length > 1 ? 'Undo all' : 'Undo',
      hint: actKeys.undo,
      ms: top.until - Date.now(),
      act: () => void current.current(top),
      // What came before it is not brought up again by waving it away.
      onDismiss: clear,
      onEnd: () => drop(top),
    });
  }, [top, busy]);
  useEffect(() => clear, []);
  const again = top && !busy ? () => void undo(top) : undefined;
  useHotkeys({ [actKeys.undo]: again });
  useUndoChord(again);
  if (left.length === 0) return null;
  return (
    <Suspense>
      <ResultList
        title={left.length === 1 ? 'One could not be taken back' : `${left.length} could not be taken back`}
        lead="What is listed here stays decided."
        rows={left.map((each) => ({ key: each.id, run: each.ref, title: each.title, reason: each.reason }))}
        onClose={() => setLeft([])}
      />
    </Suspense>
  );
}

/** Ctrl or ⌘ with Z, as everywhere else: in a text it takes back what was typed. */
function useUndoChord(act: (() => void) | undefined) {
  const current = useRef(act);
  current.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const chord =
        event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!chord || event.defaultPrevented || typing(event.target) || covered() || !current.current) return;
      event.preventDefault();
      current.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
