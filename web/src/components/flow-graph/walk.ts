import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Drawing, Node } from './layout';

const middle = (node: Node) => ({ x: node.x + node.width / 2, y: node.y + node.height / 2 });

/** The step one comes to from this one with an arrow key: the nearest in that direction, sideways counting double. */
export function neighbour(nodes: Node[], from: string, key: string): Node | undefined {
  const here = nodes.find((node) => node.step.id === from);
  if (!here) return undefined;
  const a = middle(here);
  let best: { node: Node; far: number } | undefined;
  for (const node of nodes) {
    const b = middle(node);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const upright = key === 'ArrowDown' || key === 'ArrowUp';
    const ahead = key === 'ArrowDown' ? dy : key === 'ArrowUp' ? -dy : key === 'ArrowRight' ? dx : -dx;
    const far = ahead + 2 * Math.abs(upright ? dx : dy);
    if (ahead > 1 && (!best || far < best.far)) best = { node, far };
  }
  return best?.node;
}

/** The steps in the order in which they are read: layer by layer, as far as the drawing goes. */
export const readingOrder = (nodes: Node[]): Node[] =>
  nodes.toSorted((a, b) => middle(a).y - middle(b).y || middle(a).x - middle(b).x);

/** One stop for Tab, arrow keys from step to step, Home and End. */
export function useWalk(drawing: Drawing, selected: string | undefined) {
  const order = useMemo(() => readingOrder(drawing.nodes), [drawing]);
  const [last, setLast] = useState<string>();
  const list = useRef<HTMLOListElement>(null);
  const stop = [last, selected].find((id) => order.some((n) => n.step.id === id)) ?? order[0]?.step.id;
  const onKeyDown = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset.step;
    if (!from) return;
    const to =
      event.key === 'Home'
        ? order[0]
        : event.key === 'End'
          ? order.at(-1)
          : event.key.startsWith('Arrow')
            ? neighbour(drawing.nodes, from, event.key)
            : undefined;
    if (!to) return;
    event.preventDefault();
    setLast(to.step.id);
    const buttons = list.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [];
    [...buttons].find((button) => button.dataset.step === to.step.id)?.focus();
  };
  return { order, stop, list, onKeyDown };
}
