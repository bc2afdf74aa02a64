import { expect, it } from 'vitest';
import {
  aboutMigrated,
  type InUse,
  type Migrated,
  ofMigrated,
  onOthers,
  placesFor,
  refusedFirst,
  versionsOf,
} from './migrated';

const inUse = (versions: InUse['versions']): InUse => ({
  to_version: 4,
  versions,
  missing: [],
  steps: [
    { step_id: 'submit', name: 'Submit', type: 'start' },
    { step_id: 'head', name: 'Head', type: 'task' },
  ],
});

it('says what becomes of each request', () => {
  expect(ofMigrated({ done: true, what: 'Stays at Manager with Ravi Menon.' }, false)).toBe(
    'Stays at Manager with Ravi Menon.',
  );
  expect(ofMigrated({ done: true }, true)).toBe('Moved.');
  expect(ofMigrated({ done: false, reason: 'In "HR" other people are asked now.' }, false)).toBe(
    'Would stay on its version: In "HR" other people are asked now.',
  );
  expect(ofMigrated({ done: false }, true)).toBe('Stays on its version: it cannot be moved.');
});

it('says what became of all', () => {
  expect(aboutMigrated({ done: 1, skipped: 0, to_version: 4 })).toBe('1 request goes on by version 4.');
  expect(aboutMigrated({ done: 3, skipped: 1, to_version: 4 })).toBe('3 requests go on by version 4, one stays.');
  expect(aboutMigrated({ done: 0, skipped: 2, to_version: 4 })).toBe('No request was moved, 2 stay.');
});

it('names the versions in use', () => {
  expect(versionsOf(inUse([{ no: 3, runs: 2 }]))).toBe('version 3');
  expect(versionsOf(inUse([1, 2, 3].map((no) => ({ no, runs: 1 }))))).toBe('versions 1, 2 and 3');
  expect(onOthers(inUse([1, 2].map((no) => ({ no, runs: no }))))).toBe(3);
});

it('offers steps of the same kind, and puts first what needs an answer', () => {
  expect(placesFor(inUse([]), 'task').map((place) => place.value)).toEqual(['', 'head']);
  const items = [true, false, true].map((done, i) => ({ done, number: `A-${i}` }) as Migrated);
  expect(refusedFirst(items).map((item) => item.number)).toEqual(['A-1', 'A-0', 'A-2']);
});
