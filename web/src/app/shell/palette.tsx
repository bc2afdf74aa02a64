import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { read } from '@/api/query';
import { WorkflowIcon } from '@/components/workflow-icon';
import { IconArrowRight, IconCommand, IconFileText, IconSearch } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import type { PageAct } from '@/ui/page-acts';
import classes from './palette.module.css';
import { type Group, type Item, offers } from './palette-items';

type PaletteProps = {
  /** What can be done with what the page below shows. */
  here: PageAct[];
  onClose: () => void;
  onChoose: (item: Item) => void;
};

/** One line to go anywhere, start anything and find any request. */
export function Palette({ here, onClose, onChoose }: PaletteProps) {
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={620}
      yOffset="12vh"
      padding={0}
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Go to, start or find">
        <Finder here={here} onChoose={onChoose} onClose={onClose} />
      </Modal.Content>
    </Modal.Root>
  );
}

/** What the server finds for the words, a moment after they were typed. */
function useFound(typed: string) {
  const [words] = useDebouncedValue(typed.trim(), 120);
  const { data: me } = useQuery(read('me.get', {}));
  const all = me?.permissions.includes('run.view_all');
  const workflows = useQuery({
    ...read('workflows.list', words ? { query: words, limit: 6 } : { limit: 1 }),
    placeholderData: keepPreviousData,
  });
  const requests = useQuery({
    ...read('runs.list', { filter: { view: all ? 'all' : 'involved', query: words }, limit: 8 }),
    enabled: me !== undefined && words.length > 1,
    placeholderData: (before) => (words.length > 1 ? before : undefined),
  });
  return {
    me,
    workflows: words ? workflows.data?.items : workflows.data?.at_hand.slice(0, 5),
    requests: words.length > 1 ? requests.data?.items : undefined,
    stale: words !== typed.trim() || workflows.isPlaceholderData || requests.isPlaceholderData,
    waiting: words !== typed.trim() || workflows.isFetching || requests.isFetching,
    failed: workflows.error ?? (words.length > 1 ? requests.error : null),
  };
}

function Finder({ here, onChoose, onClose }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const found = useFound(typed);
  const groups = offers(typed, { ...found, here });
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(active, items.length - 1);
  const move = (to: number) => {
    const next = (to + items.length) % items.length;
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const chosen = items[at];
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'Enter' && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.finder} data-palette>
      <div className={classes.line}>
        <IconSearch size={17} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          aria-label="Go to, start or find"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Go to, start or find a request"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" className={classes.close} onClick={onClose}>
          <Key>Esc</Key>
          <span className={classes.touch}>Close</span>
          <span className="hs-visually-hidden">Close</span>
        </button>
      </div>
      <Offers id={id} groups={groups} at={at} onPoint={setActive} onChoose={onChoose} />
      <p className={classes.note} role="status">
        {found.failed
          ? `Workflows and requests could not be searched: ${found.failed.message}`
          : items.length === 0 && !found.waiting
            ? `Nothing matches “${typed.trim()}”. Try a number such as LEAVE-42, a name or a word of the title.`
            : ''}
      </p>
    </div>
  );
}

type OffersProps = {
  id: string;
  groups: Group[];
  at: number;
  onPoint: (at: number) => void;
  onChoose: (item: Item) => void;
};

function Offers({ id, groups, at, onPoint, onChoose }: OffersProps) {
  const places = new Map(groups.flatMap((group) => group.items).map((item, i) => [item, i]));
  return (
    <div className={classes.list} id={`${id}-list`} role="listbox" aria-label="Offers">
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options by role (ARIA 1.2), no fieldset stands in it
        <div key={group.title} role="group" aria-label={group.title}>
          <div className={classes.title} aria-hidden>
            {group.title}
          </div>
          {group.items.map((item) => {
            const place = places.get(item) ?? 0;
            return (
              <Offer
                key={item.id}
                id={`${id}-${place}`}
                item={item}
                active={place === at}
                onPoint={() => onPoint(place)}
                onChoose={() => onChoose(item)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

type OfferProps = { id: string; item: Item; active: boolean; onPoint: () => void; onChoose: () => void };

function Offer({ id, item, active, onPoint, onChoose }: OfferProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the input, which handles the keys (ARIA combobox)
    // biome-ignore lint/a11y/useFocusableInteractive: same
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={classes.item}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <Sign item={item} />
      <span className={classes.label}>{item.label}</span>
      {item.about && <span className={classes.about}>{item.about}</span>}
    </div>
  );
}

function Sign({ item }: { item: Item }) {
  if (item.workflow) return <WorkflowIcon workflow={item.workflow} size={22} />;
  const Icon = item.kind === 'page' ? IconArrowRight : item.kind === 'act' ? IconCommand : IconFileText;
  return (
    <span className={classes.sign} aria-hidden>
      <Icon size={15} stroke={1.8} />
    </span>
  );
}
