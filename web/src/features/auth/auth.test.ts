import { expect, it } from 'vitest';
import { signInSearch } from '@/app/search';
import { orgOfHost } from './org';

it.each([
  ['acme.example.com', 'acme'],
  ['acme.localhost:8080', 'acme'],
  ['example.com', undefined],
  ['www.example.com', undefined],
  ['localhost:8080', undefined],
  ['127.0.0.1:8080', undefined],
  ['[::1]:8080', undefined],
])('the organization of %s is %s', (host, org) => expect(orgOfHost(host)).toBe(org));

it.each([
  ['/runs/LEAVE-42?x=1', '/runs/LEAVE-42?x=1'],
  ['/', '/'],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['/\t/evil.example', undefined],
  ['https://evil.example', undefined],
  ['javascript:alert(1)', undefined],
  ['/sign-in?next=/', undefined],
  [undefined, undefined],
])('of the wanted address %s is kept %s, signed in or not', (next, kept) =>
  expect(signInSearch({ next }).next).toBe(kept),
);
