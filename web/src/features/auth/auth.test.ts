import { expect, it } from 'vitest';
import { safeNext } from './next';
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
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/', '/'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (next, to) => expect(safeNext(next)).toBe(to));
