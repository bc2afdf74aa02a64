import { describe, expect, it } from 'vitest';
import { mark, present, step, successor } from './selection';

const keys = ['a', 'b', 'c', 'd'];

describe('moving', () => {
  it('stays within the list', () => {
    expect(step(keys, 'a', 1)).toBe('b');
    expect(step(keys, 'd', 1)).toBe('d');
    expect(step(keys, 'a', -1)).toBe('a');
    expect(step([], undefined, 1)).toBeUndefined();
  });

  it('begins at the near end when nothing is chosen, or what was is not there', () => {
    expect(step(keys, undefined, 1)).toBe('a');
    expect(step(keys, 'x', -1)).toBe('d');
  });
});

describe('a line that leaves', () => {
  it('gives way to the next one', () => {
    expect(successor(keys, ['a', 'c', 'd'], 'b')).toBe('c');
  });

  it('gives way to the next that is still there when several leave at once', () => {
    expect(successor(keys, ['a', 'd'], 'b')).toBe('d');
    expect(successor(keys, ['new', 'a'], 'c')).toBe('a');
  });

  it('leaves nothing when it was the last', () => {
    expect(successor(['a'], [], 'a')).toBeUndefined();
    expect(successor(keys, keys, 'x')).toBeUndefined();
  });
});

describe('marking', () => {
  it('turns one line on and off', () => {
    const on = mark(keys, new Set(), 'b');
    expect([...on]).toEqual(['b']);
    expect([...mark(keys, on, 'b')]).toEqual([]);
  });

  it('takes everything between an anchor and the line, in either direction', () => {
    expect([...mark(keys, new Set(['d']), 'b', 'd')].sort()).toEqual(['b', 'c', 'd']);
    expect([...mark(keys, new Set(['a', 'b', 'c']), 'c', 'b')]).toEqual(['a']);
    expect([...mark(keys, new Set(), 'b', 'gone')]).toEqual(['b']);
  });

  it('forgets lines that have left', () => {
    expect([...present(new Set(['a', 'x']), keys)]).toEqual(['a']);
    const all = new Set(['a']);
    expect(present(all, keys)).toBe(all);
  });
});
