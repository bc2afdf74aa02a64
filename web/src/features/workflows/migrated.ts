import type { Out } from '@/api/types';

export type InUse = Out<'runs.versions'>;
export type Migrated = Out<'runs.migrate'>['items'][number];

/** How many requests are under way by other versions than the one they may move to. */
export const onOthers = (inUse: Pick<InUse, 'versions'>): number =>
  inUse.versions.reduce((sum, version) => sum + version.runs, 0);

/** "version 2", "versions 1 and 2" */
export function versionsOf(inUse: Pick<InUse, 'versions'>): string {
  const nos = inUse.versions.map((version) => String(version.no));
  if (nos.length < 2) return `version ${nos.join('')}`;
  return `versions ${nos.slice(0, -1).join(', ')} and ${nos.at(-1)}`;
}

/** What became of a request that was to be moved, or would: refused ones say why. */
export function ofMigrated({ done, what, reason }: Pick<Migrated, 'done' | 'what' | 'reason'>, moved: boolean): string {
  if (done) return what || (moved ? 'Moved.' : 'Would be moved.');
  return `${moved ? 'Stays' : 'Would stay'} on its version: ${reason || 'it cannot be moved.'}`;
}

/** What became of all of them. */
export function aboutMigrated({
  done,
  skipped,
  to_version: to,
}: Pick<Out<'runs.migrate'>, 'done' | 'skipped' | 'to_version'>): string {
  const moved = done === 1 ? `1 request goes on by version ${to}` : `${done} requests go on by version ${to}`;
  if (skipped === 0) return `${moved}.`;
  return `${done === 0 ? 'No request was moved' : moved}, ${skipped === 1 ? 'one stays' : `${skipped} stay`}.`;
}

/** Those that would stay first: there is something to do about them. */
export const refusedFirst = (items: Migrated[]): Migrated[] =>
  items.toSorted((a, b) => Number(a.done) - Number(b.done));

/** The steps that may take the place of one: those of its kind. */
export const placesFor = (inUse: InUse, type: string): { value: string; label: string }[] => [
  { value: '', label: 'No step: such requests stay' },
  ...inUse.steps.filter((step) => step.type === type).map((step) => ({ value: step.step_id, label: step.name })),
];
