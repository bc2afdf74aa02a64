// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Sent = { verb: string; headers: Headers; body: unknown };

/** The server as the client sees it: what was sent, and what is answered next per verb. */
function server() {
  const sent: Sent[] = [];
  const answers = new Map<string, (() => Response | Promise<Response>)[]>();
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const verb = url.replace('/api/v1/', '');
    sent.push({ verb, headers: new Headers(init.headers), body: JSON.parse(String(init.body)) });
    const next = answers.get(verb)?.shift();
    if (!next) throw new TypeError('Failed to fetch');
    return next();
  });
  const ok = (body: unknown) => () => new Response(JSON.stringify(body));
  const no = (status: number) => () => new Response('{}', { status });
  const on = (verb: string, ...next: (() => Response | Promise<Response>)[]) => answers.set(verb, next);
  return { sent, on, ok, no, count: (verb: string) => sent.filter((s) => s.verb === verb).length };
}

const token = (n: number) => ({ access_token: `t${n}`, expires_in: 600 });

describe('call', () => {
  let s: ReturnType<typeof server>;
  let api: typeof import('./client') & typeof import('./session');
  beforeEach(async () => {
    // The session lives in its module; every test begins as a new tab.
    vi.resetModules();
    vi.stubGlobal('BroadcastChannel', undefined);
    localStorage.setItem('handstamp.session', '1');
    s = server();
    api = { ...(await import('./client')), ...(await import('./session')) };
  });
  afterEach(() => vi.unstubAllGlobals());

  it('asks for a token first and sends it', async () => {
    s.on('auth.refresh', s.ok(token(1)));
    s.on('me.get', s.ok({ user: {} }));
    await api.call('me.get', {});
    expect(s.sent.map((x) => x.verb)).toEqual(['auth.refresh', 'me.get']);
    expect(s.sent[1]?.headers.get('Authorization')).toBe('Bearer t1');
    expect(s.sent[1]?.headers.get('Idempotency-Key')).toBeNull();
  });

  it('refreshes once for all that were refused together, and repeats them with the same key', async () => {
    s.on('auth.refresh', s.ok(token(1)), s.ok(token(2)));
    s.on('tasks.claim', s.no(401), s.no(401), s.ok({ id: 'a' }), s.ok({ id: 'b' }));
    await Promise.all([api.call('tasks.claim', { task_id: '1' }), api.call('tasks.claim', { task_id: '2' })]);
    expect(s.count('auth.refresh')).toBe(2);
    const keys = (id: string) =>
      s.sent
        .filter((x) => x.verb === 'tasks.claim' && (x.body as { task_id: string }).task_id === id)
        .map((x) => x.headers.get('Idempotency-Key'));
    expect(keys('1')).toHaveLength(2);
    expect(new Set(keys('1')).size).toBe(1);
    expect(keys('1')[0]).not.toBe(keys('2')[0]);
  });

  it('tries a broken connection once more, with the same key', async () => {
    s.on('auth.refresh', s.ok(token(1)));
    s.on('comments.add', () => Promise.reject(new TypeError('broken')), s.ok({ id: 'c' }));
    await api.call('comments.add', { run_id: 'r', text: 'x' });
    const keys = s.sent.filter((x) => x.verb === 'comments.add').map((x) => x.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('says that nobody is signed in when the refresh is refused', async () => {
    s.on('auth.refresh', s.no(401));
    await expect(api.call('me.get', {})).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(api.sessionState()).toBe('out');
    expect(localStorage.getItem('handstamp.session')).toBeNull();
  });

  it('does not take an outage for a sign-out', async () => {
    s.on('auth.refresh', s.no(503));
    await expect(api.restore()).rejects.toMatchObject({ code: 'unavailable' });
    expect(api.sessionState()).toBe('unknown');
    expect(localStorage.getItem('handstamp.session')).toBe('1');
  });

  it('asks nothing of a browser that never signed in', async () => {
    localStorage.removeItem('handstamp.session');
    expect(await api.restore()).toBe(false);
    expect(s.sent).toEqual([]);
  });

  it('keeps the token in memory only', async () => {
    s.on('auth.login', s.ok(token(7)));
    await api.signIn({ org: 'acme', email: 'a@acme.example', password: 'x' });
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('t7');
    expect(await api.accessToken()).toBe('t7');
  });
});
