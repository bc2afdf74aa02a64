import { describe, expect, it } from 'vitest';
import { decode, errorsByLine, type Imported, summary, templateOf } from './import';

const imported = (counts: Partial<Imported>): Imported => ({
  created: 0,
  updated: 0,
  unchanged: 0,
  errors: [],
  rows: [],
  ...counts,
});

describe('the template', () => {
  it('has every column, the organization’s own included, and no people', () => {
    expect(templateOf([{ key: 'leave_balance' }])).toBe(
      'email,name,manager,department,designation,level,level_rank,city,state,country,location,roles,leave_balance\r\n',
    );
  });
});

describe('a file', () => {
  it('is read in the encoding it was written in', () => {
    expect(decode(new TextEncoder().encode('name\nJosé'))).toBe('name\nJosé');
    expect(decode(new Uint8Array([0x4a, 0x6f, 0x73, 0xe9]))).toBe('José');
    expect(decode(new Uint8Array([0xff, 0xfe, 0x4a, 0x00, 0xe9, 0x00]))).toBe('Jé');
    expect(decode(new Uint8Array([0xfe, 0xff, 0x00, 0x4a]))).toBe('J');
  });
});

describe('the result', () => {
  it('groups what is wrong by line', () => {
    const found = errorsByLine([
      { line: 3, field: 'email', message: 'a' },
      { line: 5, field: 'name', message: 'b' },
      { line: 3, field: 'roles', message: 'c' },
    ]);
    expect(found.get(3)?.map((e) => e.field)).toEqual(['email', 'roles']);
    expect(found.get(4)).toBeUndefined();
  });

  it('is a sentence', () => {
    expect(summary(imported({ created: 1, updated: 12 }), false)).toBe('One person to add, 12 people to change.');
    expect(summary(imported({ created: 2, unchanged: 1 }), true)).toBe('2 people added, one person as before.');
    expect(summary(imported({}), true)).toBe('No rows in it.');
  });
});
