import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { outdate, read, useAct } from '@/api/query';
import type { SavedView } from '@/api/types';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { IconBookmark, IconPlus, IconTrash } from '@/ui/icons';
import { LinkItem } from '@/ui/link-button';
import { say } from '@/ui/toast';
import { type InboxSearch, viewSearch, viewText } from './address';
import classes from './toolbar.module.css';

type Open = 'save' | 'remove' | undefined;

/** Lists the reader keeps under a name, wherever they sign in. */
export function SavedViews({ search }: { search: InboxSearch }) {
  const [open, setOpen] = useState<Open>();
  const { data } = useQuery(read('views.list', {}));
  const present = viewText(search);
  const kept = data?.items ?? [];
  const current = kept.find((view) => view.search === present);
  return (
    <>
      <Menu width={240}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} stroke={1.7} aria-hidden />}>
            <span className={classes.viewName}>{current?.name ?? 'Views'}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.map((view) => (
            <LinkItem
              key={view.id}
              to="/inbox"
              search={viewSearch(view.search)}
              fw={view === current ? 600 : undefined}
            >
              {view.name}
            </LinkItem>
          ))}
          {kept.length > 0 && <Menu.Divider />}
          <Menu.Item
            leftSection={<IconPlus size={16} stroke={1.7} aria-hidden />}
            disabled={present === ''}
            onClick={() => setOpen('save')}
          >
            Save this view
          </Menu.Item>
          {kept.length > 0 && (
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => setOpen('remove')}>
              Remove views
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {open === 'save' && <Save text={present} name={current?.name ?? ''} onClose={() => setOpen(undefined)} />}
      {open === 'remove' && <Remove views={kept} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Save({ text, name, onClose }: { text: string; name: string; onClose: () => void }) {
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

function Remove({ views, onClose }: { views: SavedView[]; onClose: () => void }) {
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
