import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyHint, gather, takeEvents } from './live';

describe('takeEvents', () => {
  it('takes whole events and keeps the rest for later', () => {
    const first = takeEvents('event: ready\ndata: {}\n\n:\n\nevent: changed\ndata: {"run_id":"a"');
    expect(first.events).toEqual([{ name: 'ready', data: '{}' }]);
    const second = takeEvents(`${first.rest},"revision":3}\n\n`);
    expect(second.events).toEqual([{ name: 'changed', data: '{"run_id":"a","revision":3}' }]);
    expect(second.rest).toBe('');
  });
});

describe('applyHint', () => {
  const client = new QueryClient();
  const stale = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;
  beforeEach(() => {
    client.clear();
    client.setQueryData(['tasks.list', {}], { pages: [] });
    client.setQueryData(['runs.get', { run: 'a' }], { id: 'a', revision: 4 });
    client.setQueryData(['runs.get', { run: 'b' }], { id: 'b', revision: 4 });
    client.setQueryData(['workflows.list', {}], { items: [] });
  });

  it('reads lists and the run again, and nothing else', () => {
    applyHint(client, { run_id: 'a', revision: 5 });
    expect(stale(['tasks.list', {}])).toBe(true);
    expect(stale(['runs.get', { run: 'a' }])).toBe(true);
    expect(stale(['runs.get', { run: 'b' }])).toBe(false);
    expect(stale(['workflows.list', {}])).toBe(false);
  });

  it('does not read again what this person has just done himself', () => {
    applyHint(client, { run_id: 'a', revision: 4 });
    expect(stale(['runs.get', { run: 'a' }])).toBe(false);
  });

  it('takes a hint without a run for everything', () => {
    applyHint(client, {});
    expect(stale(['runs.get', { run: 'b' }])).toBe(true);
  });
});

describe('gather', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('makes one reading of what comes together', () => {
    const apply = vi.fn();
    const heard = gather(apply);
    heard({ run_id: 'a', revision: 1 });
    heard({ run_id: 'a', revision: 2 });
    vi.runAllTimers();
    expect(apply.mock.calls).toEqual([[{ run_id: 'a', revision: 2 }]]);
    heard({ run_id: 'a' });
    heard({ run_id: 'b' });
    vi.runAllTimers();
    expect(apply).toHaveBeenLastCalledWith({});
    expect(apply).toHaveBeenCalledTimes(2);
  });
});
