import { type KeyboardEvent, type RefObject, useCallback, useEffect } from 'react';
import { neighbour } from '@/components/flow-graph/walk';
import { shortcutsOn } from '@/lib/prefs';
import { covered, typing } from '@/ui/hotkeys';
import type { FlowActs } from './acts';
import { type Flow, useActs, useFlow } from './use-flow';

const far = 10;
const nudges: Record<string, [number, number]> = {
  ArrowUp: [0, -far],
  ArrowDown: [0, far],
  ArrowLeft: [-far, 0],
  ArrowRight: [far, 0],
};

/** Keys of the canvas: they belong to it while the focus is in it. */
export function useKeys() {
  const acts = useActs();
  const flow = useFlow();
  return useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (typing(target) || covered() || event.defaultPrevented) return;
      const { step } = target.dataset;
      const act = command(event, acts) ?? (step ? atStep(event, step, flow, acts) : undefined) ?? plain(event, acts);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    [acts, flow],
  );
}

type Act = (() => void) | undefined;

function command(event: KeyboardEvent, acts: FlowActs): Act {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return undefined;
  return { a: acts.all, d: acts.duplicate, f: acts.search }[event.key.toLowerCase()];
}

/** What keys do at the step that has the focus. */
function atStep(event: KeyboardEvent, step: string, flow: Flow, acts: FlowActs): Act {
  const { looks, chosen } = flow;
  const choose = () => {
    if (!chosen.includes(step)) acts.select([step]);
  };
  if (event.ctrlKey || event.metaKey) return undefined;
  const nudge = nudges[event.key];
  if (nudge && (event.altKey || event.shiftKey)) {
    return () => {
      choose();
      setTimeout(() => acts.nudge(...nudge));
    };
  }
  if (nudge) {
    const to = walked(step, event.key, flow);
    return () => {
      if (!to) return;
      acts.select([to]);
      acts.focus(to);
      acts.reveal(to);
    };
  }
  const edge = event.key === 'Home' ? looks[0] : event.key === 'End' ? looks.at(-1) : undefined;
  if (edge) return () => acts.goTo(edge.id);
  switch (event.key) {
    case 'Delete':
    case 'Backspace':
      return () => {
        if (!flow.arrow) choose();
        setTimeout(acts.remove);
      };
    case 'Enter':
      return () => {
        choose();
        acts.openSettings();
      };
    case 'c':
      return shortcutsOn() && !event.altKey ? () => acts.askTarget(step) : undefined;
  }
  return undefined;
}

/** Along an arrow where one leads that way, else to whatever is nearest there. */
function walked(from: string, key: string, { looks, boxes, arrows }: Flow): string | undefined {
  const nodes = looks.flatMap(({ id, name, type }) => {
    const box = boxes[id];
    return box ? [{ step: { id, name, type }, ...box }] : [];
  });
  const tied = new Set(arrows.flatMap((a) => (a.from === from ? [a.to] : a.to === from ? [a.from] : [])));
  const near = nodes.filter((n) => n.step.id === from || tied.has(n.step.id));
  return (neighbour(near, from, key) ?? neighbour(nodes, from, key))?.step.id;
}

function plain(event: KeyboardEvent, acts: FlowActs): Act {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === 'Delete' || event.key === 'Backspace') return acts.remove;
  if (event.key === 'Escape') return acts.none;
  if (!shortcutsOn()) return undefined;
  if (event.key === 'f' || (event.shiftKey && event.code === 'Digit1')) return () => acts.showAll();
  return event.key === '/' ? acts.search : undefined;
}

/** Copy, cut and paste, while the focus is on the canvas or nowhere. */
export function useClipboard(frame: RefObject<HTMLElement | null>) {
  const acts = useActs();
  useEffect(() => {
    const ours = () => {
      const at = document.activeElement;
      const free = at === null || at === document.body || frame.current?.contains(at);
      return Boolean(free) && !typing(at) && !covered() && (getSelection()?.isCollapsed ?? true);
    };
    const copy = (event: ClipboardEvent) => {
      const text = ours() ? acts.copyText() : undefined;
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') acts.remove();
    };
    const paste = (event: ClipboardEvent) => {
      if (ours() && acts.pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [acts, frame]);
}
