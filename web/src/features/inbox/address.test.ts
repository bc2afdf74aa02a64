import { expect, it } from 'vitest';
import { inboxSearch, narrowed, viewSearch, viewText } from './address';

it('drops what it does not understand', () => {
  expect(inboxSearch({ view: 'toString', older: '-3', sort: 'random', from: 'me', step: 'hr', status: 1 })).toEqual({});
  expect(inboxSearch({ view: 'mine', q: 42, older: '7', workflow: 'LEAVE', step: 'hr', sort: 'oldest' })).toEqual({
    q: '42',
    older: 7,
    workflow: 'LEAVE',
    step: 'hr',
    sort: 'oldest',
  });
});

it('knows the orders', () => {
  for (const sort of ['oldest', 'title', 'workflow', 'requester']) expect(inboxSearch({ sort })).toEqual({ sort });
});

it('keeps a view without what is open, and finds it again', () => {
  const kept = viewText({ view: 'team', q: 'A & B', older: 7, open: 'LEAVE-1' });
  expect(viewSearch(kept)).toEqual({ view: 'team', q: 'A & B', older: 7 });
  expect(viewText({})).toBe('');
});

it('counts by how much a list is narrowed', () => {
  expect(narrowed({ view: 'team', q: 'x', sort: 'oldest' })).toBe(0);
  expect(narrowed({ workflow: 'LEAVE', older: 7 })).toBe(2);
});
