import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { icons } from '@/components/flow-graph/flow-node';
import { connectRefusal } from '@/lib/definition';
import { Dialog } from '@/ui/dialog';
import { IconSearch, IconSettings } from '@/ui/icons';
import { useEditor } from '../editor';
import classes from './flow.module.css';
import { useActs, useFlow } from './use-flow';

/** Finds a step by name, to go there or to lead an arrow to it. */
export function Asking() {
  const { asked, looks } = useFlow();
  const { doc } = useEditor();
  const acts = useActs();
  if (!asked) return null;
  const close = () => acts.setAsked(undefined);
  if (asked.kind === 'search') {
    return (
      <StepChoice
        title="Find a step"
        onClose={close}
        choose={(id) => {
          close();
          setTimeout(() => acts.goTo(id));
        }}
      />
    );
  }
  const from = looks.find((look) => look.id === asked.from);
  return (
    <StepChoice
      title={`What follows ${from?.name ?? 'this step'}?`}
      onClose={close}
      refusal={(id) => connectRefusal(doc, asked.from, id)}
      choose={(id) => {
        close();
        acts.connect(asked.from, id);
        acts.focus(asked.from);
      }}
    />
  );
}

type ChoiceProps = {
  title: string;
  onClose: () => void;
  choose: (id: string) => void;
  /** Why a step cannot be chosen. */
  refusal?: (id: string) => string | undefined;
};

function StepChoice({ title, onClose, choose, refusal }: ChoiceProps) {
  const { looks } = useFlow();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const wanted = words.trim().toLowerCase();
  const found = looks.filter((look) => `${look.name} ${look.id} ${look.about}`.toLowerCase().includes(wanted));
  const free = found.filter((look) => !refusal?.(look.id));
  const shown = [...free, ...found.filter((look) => refusal?.(look.id))];
  const current = free[Math.min(at, free.length - 1)];
  return (
    <Dialog title={title} onClose={onClose}>
      <TextInput
        aria-label="Name of the step"
        placeholder="Type a name"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current.id}`}
        autoComplete="off"
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by) {
            event.preventDefault();
            setAt(Math.max(0, Math.min(free.length - 1, at + by)));
          }
          if (event.key === 'Enter' && current) {
            event.preventDefault();
            choose(current.id);
          }
        }}
      />
      <div className={classes.choices} role="listbox" id={list} aria-label="Steps">
        {shown.map((look) => {
          const why = refusal?.(look.id);
          const Icon = icons[look.type] ?? IconSettings;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field
            <div
              key={look.id}
              id={`${list}-${look.id}`}
              role="option"
              className={classes.choice}
              aria-selected={look === current}
              aria-disabled={why ? true : undefined}
              onClick={why ? undefined : () => choose(look.id)}
            >
              <Icon size={16} aria-hidden />
              <span>
                {look.name}
                {(why ?? look.about) && <small>{why ?? look.about}</small>}
              </span>
            </div>
          );
        })}
      </div>
      {shown.length === 0 && <p className={classes.none}>No step is called like that.</p>}
    </Dialog>
  );
}
