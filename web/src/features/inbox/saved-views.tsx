import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { read } from '@/api/query';
import { IconBookmark, IconPlus, IconTrash } from '@/ui/icons';
import { LinkItem } from '@/ui/link-button';
import { type InboxSearch, viewSearch, viewText } from './address';
import classes from './toolbar.module.css';

// Loaded when they are opened.
const dialogs = () => import('./view-dialogs');
const SaveView = lazy(() => dialogs().then((m) => ({ default: m.SaveView })));
const RemoveViews = lazy(() => dialogs().then((m) => ({ default: m.RemoveViews })));

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
      <Suspense>
        {open === 'save' && <SaveView text={present} name={current?.name ?? ''} onClose={() => setOpen(undefined)} />}
        {open === 'remove' && <RemoveViews views={kept} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}
