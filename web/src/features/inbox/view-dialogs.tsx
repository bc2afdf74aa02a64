import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { outdate, useAct } from '@/api/query';
import type { SavedView } from '@/api/types';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { IconTrash } from '@/ui/icons';
import { say } from '@/ui/toast';
import classes from './toolbar.module.css';

/** Keeps the present list under a name. */
export function SaveView({ text, name, onClose }: { text: string; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const save = useAct('views.save', {
    onSuccess: (view) => {
      void outdate(client, 'views.list');
      say(`Saved as ${view.name}.`);
      onClose();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '' && !save.isPending) save.mutate({ name: typed.trim(), search: text });
  };
  return (
    <Dialog title="Save this view" onClose={onClose}>
      <form onSubmit={send} className={classes.fields}>
        <TextInput
          label="Name"
          description="It keeps the list with its filters, order and words. Only you see it."
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <Refusal error={save.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={typed.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is kept, to be thrown away one by one. */
export function RemoveViews({ views, onClose }: { views: SavedView[]; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useAct('views.delete', {
    onSuccess: () => void outdate(client, 'views.list'),
    onError: (error) => say(error.message, 'red'),
  });
  return (
    <Dialog title="Saved views" onClose={onClose}>
      {views.length === 0 && <p>You keep no views any more.</p>}
      <ul className={classes.views}>
        {views.map((view) => (
          <li key={view.id}>
            <span className={classes.name}>{view.name}</span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${view.name}`}
              loading={remove.isPending && remove.variables.view_id === view.id}
              onClick={() => remove.mutate({ view_id: view.id })}
            >
              <IconTrash size={16} stroke={1.7} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  );
}
