import { expect, it } from 'vitest';
import type { Me, RunRow, WorkflowSummary } from '@/api/types';
import { offers } from './palette-items';

const workflow = (key: string, start: boolean) =>
  ({ id: key, key, name: `${key} form`, can: { start } }) as WorkflowSummary;
const run = {
  id: 'r1',
  number: 'LEAVE-7',
  title: 'Days off',
  status: 'running',
  initiator: { name: 'Asha' },
} as RunRow;
const labels = (typed: string, found = {}) =>
  offers(typed, found).map(({ title, items }) => `${title}: ${items.map((item) => item.label).join(', ')}`);

it('offers pages and acts by any of their words, and only those the reader may see', () => {
  expect(labels('theme')).toEqual(['Do: Switch between light and dark']);
  expect(labels('peop')).toEqual([]);
  expect(labels('peop', { me: { permissions: ['user.manage'] } as unknown as Me })).toEqual(['Go to: People']);
});

it('offers what can be done with what the page shows', () => {
  const here = [{ id: 'watch', label: 'Watch LEAVE-7', words: 'follow' }];
  expect(labels('follow', { here })).toEqual(['Go to: Watching', 'Do: Watch LEAVE-7']);
});

it('leads to the form of a workflow, or to its description where the reader cannot start it', () => {
  const [group] = offers('xyz', { workflows: [workflow('LEAVE', true), workflow('OLD', false)] });
  expect(group?.items.map((item) => item.href)).toEqual(['/workflows/LEAVE/start', '/workflows/OLD']);
});

it('opens a request by its number, found or not, and once', () => {
  expect(labels('leave-7', { requests: [run] })).toEqual(['Requests: Open LEAVE-7']);
  expect(labels('days', { requests: [run] })).toEqual(['Requests: LEAVE-7  Days off']);
});

it('offers everything before a word is typed', () => {
  expect(offers(' ', {}).map((group) => group.title)).toEqual(['Go to', 'Do']);
});

it('offers nothing that was found for other words, unless it fits these too', () => {
  const workflows = [workflow('LEAVE', true)];
  expect(labels('dark', { workflows, requests: [run], stale: true })).toEqual(['Do: Switch between light and dark']);
  expect(labels('leav', { workflows, requests: [run], stale: true })).toEqual([
    'Requests: LEAVE-7  Days off',
    'Start: LEAVE form',
    'Do: Sign out',
  ]);
});
