import type { Out } from '@/api/types';

export type Right = Out<'roles.list'>['rights'][number];
export type RightGroup = { title: string; rights: Right[] };

const titles: [string, string][] = [
  ['run.', 'Requests'],
  ['task.', 'Requests'],
  ['watcher.', 'Requests'],
  ['stakeholder.', 'Requests'],
  ['workflow.', 'Workflows'],
  ['user.', 'People'],
  ['role.', 'People'],
  ['department.', 'People'],
  ['org.', 'Organization'],
];

const titleOf = (permission: string) => titles.find(([begin]) => permission.startsWith(begin))?.[1] ?? 'More';

/** The rights by what they are about, in the order the server tells them. A right nobody here knows is not lost. */
export function groupsOf(rights: Right[]): RightGroup[] {
  const groups: RightGroup[] = [];
  for (const right of rights) {
    const title = titleOf(right.permission);
    const group = groups.find((g) => g.title === title);
    if (group) group.rights.push(right);
    else groups.push({ title, rights: [right] });
  }
  return groups;
}

/** A key for a new role or department from its name. */
export const roleKeyOf = (name: string): string =>
  ascii(name)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 64);

/** Short names stay as they are in capitals, long ones become their initials: "Human Resources" is HR. */
export function departmentKeyOf(name: string): string {
  const words = ascii(name)
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word && !['AND', 'OF', 'THE'].includes(word));
  return (words.length > 1 ? words.map((word) => word[0]).join('') : (words[0] ?? '')).slice(0, 16);
}

const ascii = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
