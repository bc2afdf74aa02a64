import { useMantineColorScheme } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useHotkeys } from '@/ui/hotkeys';
import { usePageActs } from '@/ui/page-acts';
import { signOutAndLeave } from '../sign-out';
import type { Item } from './palette-items';

const Palette = lazy(() => import('./palette').then((m) => ({ default: m.Palette })));
const KeyboardHelp = lazy(() => import('./keyboard-help').then((m) => ({ default: m.KeyboardHelp })));

type Which = 'palette' | 'help';
export type Overlay = { which: Which | undefined; open: (which: Which) => void; close: () => void };

/** What lies over the page: the palette by Ctrl or ⌘ with K from anywhere, the help by a question mark. */
export function useOverlay(): Overlay {
  const [which, open] = useState<Which>();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      // A dialog that asks something is answered first.
      if (document.querySelector('[role="dialog"]') && !document.querySelector('[data-palette]')) return;
      event.preventDefault();
      open((present) => (present === 'palette' ? undefined : 'palette'));
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  useHotkeys({ '?': () => open('help') });
  return { which, open, close: () => open(undefined) };
}

/** Loaded when it is opened for the first time. */
export function Overlays({ overlay: { which, open, close } }: { overlay: Overlay }) {
  const router = useRouter();
  const { toggleColorScheme } = useMantineColorScheme();
  const here = usePageActs();
  const acts: Record<string, () => void> = {
    scheme: toggleColorScheme,
    help: () => open('help'),
    'sign-out': () => void signOutAndLeave(),
    ...Object.fromEntries(here.map(({ id, start }) => [id, start])),
  };
  const choose = (item: Item) => {
    close();
    if (item.href) router.history.push(item.href);
    else acts[item.id]?.();
  };
  return (
    <Suspense>
      {which === 'palette' && <Palette here={here} onClose={close} onChoose={choose} />}
      {which === 'help' && <KeyboardHelp onClose={close} />}
    </Suspense>
  );
}
