import { beforeEach, expect, it } from 'vitest';
import { clear, drop, latest, offeredFor, push, stacked } from './stack';

const task = (ref: string) => [{ id: ref, ref, title: ref }];
beforeEach(clear);

it('offers the latest decision first, then the one before', () => {
  push(task('A-1'), 'one', 0);
  push(task('A-2'), 'two', 10);
  const top = latest(stacked(), 20);
  expect(top?.words).toBe('two');
  if (top) drop(top);
  expect(latest(stacked(), 20)?.words).toBe('one');
});

it('offers nothing that is too late, and forgets it', () => {
  push(task('A-1'), 'one', 0);
  expect(latest(stacked(), offeredFor - 1)?.words).toBe('one');
  expect(latest(stacked(), offeredFor)).toBeUndefined();
  push(task('A-2'), 'two', offeredFor);
  expect(stacked().map((each) => each.words)).toEqual(['two']);
});

it('ends before the server would refuse', () => expect(offeredFor).toBeLessThan(60_000));
