import type { QueryClient } from '@tanstack/react-query';
import { outdate } from '@/api/query';

/** After any change of the directory: who is in it, how many, who may what, and the reader's own rights. */
export function outdatePeople(client: QueryClient): void {
  void outdate(
    client,
    'users.list',
    'users.get',
    'users.impact',
    'people.search',
    'people.tree',
    'departments.list',
    'roles.list',
    'roles.get',
    'me.get',
  );
}
