import type { ClipboardEvent, KeyboardEvent } from 'react';
import { around, type Direction, type ItemPath, type LayoutItem, visiblePaths } from '@/lib/definition';
import type { Acts, Scope } from './use-design';

type Tree = {
  scope: Scope;
  layout: LayoutItem[];
  /** Whether a list is out of sight: folded, or in another tab. */
  hidden: (path: ItemPath, list: string) => boolean;
  acts: Acts;
  /** Whether something is being carried: arrow keys then belong to it. */
  carrying: () => boolean;
  fold?: (path: ItemPath, folded: boolean) => boolean;
};

const moves: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

const entryOf = (target: EventTarget): ItemPath | undefined =>
  target instanceof HTMLElement && target.role === 'treeitem' ? target.dataset.path : undefined;

/** The keys of the canvas and of the outline: both are trees of the same entries. */
export function treeKeys({ scope, layout, hidden, acts, carrying, fold }: Tree) {
  const go = (path: ItemPath | undefined) => {
    if (path === undefined) return;
    document.querySelector<HTMLElement>(`[data-tree="${scope}"] [data-path="${path}"]`)?.focus();
  };

  const walk = (event: KeyboardEvent, path: ItemPath): boolean => {
    const paths = visiblePaths(layout, hidden);
    const at = paths.indexOf(path);
    const first = paths[at + 1];
    switch (event.key) {
      case 'ArrowDown':
        go(paths[at + 1]);
        return true;
      case 'ArrowUp':
        go(paths[at - 1]);
        return true;
      case 'ArrowRight':
        if (!fold?.(path, false) && first?.startsWith(`${path}.`)) go(first);
        return true;
      case 'ArrowLeft':
        if (!fold?.(path, true)) go(around(path));
        return true;
      case 'Home':
        go(paths[0]);
        return true;
      case 'End':
        go(paths.at(-1));
        return true;
      default:
        return false;
    }
  };

  const act = (event: KeyboardEvent, path: ItemPath): boolean => {
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey && !command) {
      const direction = moves[event.key];
      if (direction) acts.step(path, direction, scope);
      return direction !== undefined;
    }
    if (command) {
      if (event.key.toLowerCase() !== 'd' || event.altKey) return false;
      acts.duplicate(path, scope);
      return true;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') acts.remove(path, scope);
    else if (event.key === 'Enter') acts.focus('label');
    else return walk(event, path);
    return true;
  };

  const clip = (event: ClipboardEvent, cut: boolean) => {
    const path = entryOf(event.target);
    const text = path === undefined ? undefined : acts.copy(path);
    if (path === undefined || text === undefined) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', text);
    if (cut) acts.remove(path, scope);
  };

  return {
    onKeyDown: (event: KeyboardEvent) => {
      const path = entryOf(event.target);
      if (path === undefined || carrying() || event.defaultPrevented) return;
      if (act(event, path)) event.preventDefault();
    },
    onCopy: (event: ClipboardEvent) => clip(event, false),
    onCut: (event: ClipboardEvent) => clip(event, true),
    onPaste: (event: ClipboardEvent) => {
      const tree = event.target instanceof HTMLElement && (entryOf(event.target) ?? event.target.dataset.tree);
      if (tree === undefined || tree === false) return;
      event.preventDefault();
      acts.paste(event.clipboardData.getData('text/plain'), scope);
    },
  };
}
