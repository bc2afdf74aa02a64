import { describe, expect, it } from 'vitest';
import type { User } from '@/api/types';
import { type Attribute, createBody, makePassword, problemsOf, type Role, updateBody, valuesOf } from './person-values';

const attributes: Attribute[] = [
  { key: 'desk', label: 'Desk', kind: 'text' },
  { key: 'left', label: 'Days left', kind: 'number' },
  { key: 'driver', label: 'Drives', kind: 'bool' },
];
const role = (key: string, assign = true) => ({ key, can: { assign } }) as Role;
const roles = [role('employee'), role('admin', false)];
const user = {
  id: 'u1',
  name: 'Asha Rao',
  email: 'asha@acme.example',
  status: 'active',
  department: 'Engineering',
  department_key: 'ENG',
  designation: 'Engineer',
  manager: { id: 'm1', name: 'Ravi' },
  level_rank: 3,
  attributes: { left: 12, driver: false },
  roles: ['employee', 'eng'],
  own_roles: ['employee'],
  revision: 4,
} as unknown as User;

describe('a new person', () => {
  it('is sent with what was said and nothing else', () => {
    const values = { ...valuesOf(undefined, attributes, roles), name: ' Asha Rao ', email: 'asha@acme.example' };
    expect(values.roles).toEqual(['employee']);
    expect(createBody(values, attributes, roles)).toEqual({
      name: 'Asha Rao',
      email: 'asha@acme.example',
      roles: ['employee'],
    });
    const more = {
      ...values,
      manager: 'm1',
      department: 'ENG',
      level_rank: '3.5',
      attributes: { desk: '', left: '7', driver: 'yes' },
    };
    expect(createBody({ ...more, roles: [] }, attributes, roles)).toEqual({
      name: 'Asha Rao',
      email: 'asha@acme.example',
      manager: 'm1',
      department: 'ENG',
      level_rank: 3.5,
      attributes: { left: 7, driver: true },
      roles: [],
    });
  });

  it('gets the usual role of the server when none may be chosen', () => {
    const values = { ...valuesOf(undefined, [], [role('employee', false)]), name: 'A', email: 'a@b.cd' };
    expect(createBody(values, [], [role('employee', false)])).toEqual({ name: 'A', email: 'a@b.cd' });
  });
});

describe('a change', () => {
  it('is nothing when nothing was changed', () => {
    expect(updateBody(valuesOf(user, attributes, roles), user, attributes)).toBeUndefined();
  });

  it('names what differs, and clears by null', () => {
    const before = valuesOf(user, attributes, roles);
    const values = {
      ...before,
      designation: '',
      manager: undefined,
      level_rank: '',
      attributes: { ...before.attributes, left: '', driver: 'yes' },
      roles: ['employee', 'auditor'],
    };
    expect(updateBody(values, user, attributes)).toEqual({
      user_id: 'u1',
      revision: 4,
      designation: null,
      manager: null,
      level_rank: null,
      attributes: { left: null, driver: true },
      roles: ['employee', 'auditor'],
    });
  });

  it('does not send what is only said in another order', () => {
    const two = { ...user, own_roles: ['a', 'b'] };
    expect(updateBody({ ...valuesOf(two, [], []), roles: ['b', 'a'] }, two, [])).toBeUndefined();
  });
});

describe('what is wrong at once', () => {
  it('is told at its field', () => {
    const values = { ...valuesOf(undefined, attributes, roles), level_rank: 'high', attributes: { left: 'many' } };
    expect(problemsOf(values, attributes).map((p) => p.field)).toEqual([
      'name',
      'email',
      'level_rank',
      'attributes.left',
    ]);
    expect(problemsOf(valuesOf(user, attributes, roles), attributes)).toEqual([]);
  });
});

describe('a made-up password', () => {
  it('is long and different each time', () => {
    expect(makePassword()).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(makePassword()).not.toBe(makePassword());
  });
});
