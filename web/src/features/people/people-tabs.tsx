import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { read } from '@/api/query';
import { TabsNav } from '@/ui/tabs-nav';

/** What the reader may do here; nothing until it is known. */
export function useRights(): (permission: string) => boolean {
  const { data: me } = useQuery(read('me.get', {}));
  return (permission) => me?.permissions.includes(permission) ?? false;
}

const exactly = { exact: true, includeSearch: false };
const below = { includeSearch: false };

/** The parts of the people area. What the reader may not see is not there. */
export function PeopleTabs() {
  const may = useRights();
  const box = useRef<HTMLDivElement>(null);
  // On a phone the tabs go beyond the screen: the present one is in sight.
  useEffect(() => {
    box.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  });
  return (
    <div ref={box}>
      <TabsNav label="People">
        {may('user.manage') && (
          <Link to="/people" activeOptions={exactly}>
            Everybody
          </Link>
        )}
        <Link to="/people/tree" activeOptions={below}>
          Reporting lines
        </Link>
        <Link to="/people/departments" activeOptions={below}>
          Departments
        </Link>
        <Link to="/people/roles" activeOptions={below}>
          Roles
        </Link>
        {(may('org.settings') || may('user.manage')) && (
          <Link to="/people/attributes" activeOptions={below}>
            Attributes
          </Link>
        )}
      </TabsNav>
    </div>
  );
}
