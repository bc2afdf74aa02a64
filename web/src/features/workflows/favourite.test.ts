import { expect, it } from 'vitest';
import type { Out, WorkflowSummary } from '@/api/types';
import { withFavourite } from './use-favourite';

const workflow = (id: string, more: Partial<WorkflowSummary> = {}) =>
  ({ id, key: id, name: id, ...more }) as WorkflowSummary;
const page = (items: WorkflowSummary[], at_hand: WorkflowSummary[]): Out<'workflows.list'> => ({
  items,
  at_hand,
  groups: [],
});
const shown = (result: Out<'workflows.list'>) => [
  result.items.map((item) => `${item.id}${item.favourite ? '*' : ''}`).join(' '),
  result.at_hand.map((item) => `${item.id}${item.favourite ? '*' : ''}`).join(' '),
];

it('shows a favourite in the list and at hand at once', () => {
  const used = workflow('b', { started_at: '2026-01-01T00:00:00Z' });
  const before = page([workflow('a'), used], [used]);
  expect(shown(withFavourite(before, 'a', true))).toEqual(['a* b', 'a* b']);
  expect(shown(withFavourite(before, 'b', true))).toEqual(['a b*', 'b*']);
});

it('keeps at hand what was started lately when it is a favourite no longer', () => {
  const used = workflow('b', { favourite: true, started_at: '2026-01-01T00:00:00Z' });
  const only = workflow('a', { favourite: true });
  const before = page([only, used], [only, used]);
  expect(shown(withFavourite(before, 'a', false))).toEqual(['a b*', 'b*']);
  expect(shown(withFavourite(before, 'b', false))).toEqual(['a* b', 'a* b']);
});
