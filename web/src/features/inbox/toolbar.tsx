import { Button, Menu } from '@mantine/core';
import { useCallback } from 'react';
import { IconArrowsSort } from '@/ui/icons';
import { SearchBox } from '@/ui/search-box';
import { type InboxSearch, type InboxSort, sorts } from './address';
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
      {isTaskView(view) && <Order sort={sort} set={set} />}
      <SavedViews search={search} />
    </div>
  );
}

/** What no word in the address means. */
const newest = 'newest';

/** The order of the list. */
function Order({ sort, set }: { sort: InboxSort | undefined; set: (to: Partial<InboxSearch>) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconArrowsSort size={16} stroke={1.7} aria-hidden />}
          aria-label={`Order: ${sort ? sorts[sort] : 'Newest first'}`}
        >
          {sort ? sorts[sort] : 'Newest first'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={sort ?? newest}
          onChange={(value) => set({ sort: value === newest ? undefined : (value as InboxSort) })}
        >
          {[[newest, 'Newest first'], ...Object.entries(sorts)].map(([value = '', label]) => (
            <Menu.RadioItem key={value} value={value}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
