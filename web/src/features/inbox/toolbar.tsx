import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { IconArrowsSort } from '@/ui/icons';
import { SearchBox } from '@/ui/search-box';
import type { InboxSearch } from './address';
import { Filters } from './filters';
import { SavedViews } from './saved-views';
import classes from './toolbar.module.css';
import { isTaskView } from './views';

type ToolbarProps = { search: InboxSearch; set: (to: Partial<InboxSearch>) => void };

/** Words, filters, order and what is kept of them. All of it stands in the address. */
export function Toolbar({ search, set }: ToolbarProps) {
  const { view = 'mine', q, sort } = search;
  const words = useCallback((typed: string) => set({ q: typed || undefined }), [set]);
  return (
    <div className={classes.bar}>
      {view !== 'drafts' && <SearchBox key={view} label="Search this list" value={q ?? ''} onChange={words} />}
      <Filters search={search} set={set} />
      {isTaskView(view) && (
        <Button
          variant="default"
          leftSection={<IconArrowsSort size={16} stroke={1.7} aria-hidden />}
          onClick={() => set({ sort: sort ? undefined : 'oldest' })}
          aria-label={`${sort ? 'Oldest' : 'Newest'} first, press to change`}
        >
          {sort ? 'Oldest' : 'Newest'} first
        </Button>
      )}
      <SavedViews search={search} />
    </div>
  );
}
