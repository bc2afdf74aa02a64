import { useDraggable } from '@dnd-kit/core';
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { kindGroups, type PaletteEntry, paletteEntries } from '@/lib/definition';
import { IconSearch } from '@/ui/icons';
import { useCarrying } from './carrying';
import css from './form.module.css';
import { KindIcon } from './kind-icon';
import { useActs } from './use-design';

const matches = (entry: PaletteEntry, words: string) =>
  `${entry.label} ${entry.also ?? ''} ${entry.group}`.toLowerCase().includes(words.trim().toLowerCase());

/** What Enter takes: a kind that is called so goes before one that is also called so. */
const best = (found: PaletteEntry[], words: string) => {
  const wanted = words.trim().toLowerCase();
  const called = (entry: PaletteEntry) => entry.label.toLowerCase();
  return (
    found.find((entry) => called(entry).startsWith(wanted)) ??
    found.find((entry) => called(entry).includes(wanted)) ??
    found[0]
  );
};

/** Everything a form can have. One stop for Tab, arrow keys within. */
export function Palette() {
  const acts = useActs();
  const { load } = useCarrying();
  const [words, setWords] = useState('');
  const [at, setAt] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const carried = useRef(false);
  carried.current = load !== undefined;
  const found = paletteEntries.filter((entry) => matches(entry, words));
  const stop = found.find((entry) => entry.id === at)?.id ?? found[0]?.id;
  const walk = (event: KeyboardEvent) => {
    if (carried.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = found.findIndex((entry) => entry.id === stop);
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: found.length - 1 }[event.key];
    const next = to === undefined ? undefined : found[to];
    if (!next) return;
    event.preventDefault();
    setAt(next.id);
    list.current?.querySelector<HTMLElement>(`[data-entry="${next.id}"]`)?.focus();
  };
  const add = (id: string) => {
    setAt(id);
    if (!carried.current) acts.add(id);
  };
  return (
    <div className={css.palette}>
      <TextInput
        size="xs"
        aria-label="Find a field"
        placeholder="Find a field"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = best(found, words);
          if (event.key === 'Enter' && first) add(first.id);
          if (event.key === 'ArrowDown') walk(event);
        }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that arrow keys walk */}
      <div ref={list} role="group" aria-label="What a form can have" onKeyDown={walk}>
        {kindGroups.map((group) => {
          const entries = found.filter((entry) => entry.group === group);
          if (entries.length === 0) return null;
          return (
            <div key={group} className={css.paletteGroup}>
              <h3>{group}</h3>
              {entries.map((entry) => (
                <Choice key={entry.id} entry={entry} stop={entry.id === stop} add={add} />
              ))}
            </div>
          );
        })}
        {found.length === 0 && <p className={css.quiet}>There is no such field. Try another word.</p>}
      </div>
    </div>
  );
}

const Choice = memo(
  function Choice({ entry, stop, add }: { entry: PaletteEntry; stop: boolean; add: (id: string) => void }) {
    const { setNodeRef, setActivatorNodeRef, listeners, attributes } = useDraggable({
      id: `kind ${entry.id}`,
      data: { id: entry.id },
    });
    return (
      <button
        ref={(node) => {
          setNodeRef(node);
          setActivatorNodeRef(node);
        }}
        type="button"
        className={css.choice}
        data-entry={entry.id}
        tabIndex={stop ? 0 : -1}
        aria-describedby={attributes['aria-describedby']}
        {...listeners}
        // A double click is one wish, not two.
        onClick={(event) => event.detail < 2 && add(entry.id)}
      >
        <KindIcon icon={entry.icon} />
        <span>{entry.label}</span>
      </button>
    );
  },
  (a, b) => a.entry === b.entry && a.stop === b.stop,
);
