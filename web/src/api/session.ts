import { type ApiError, asApiError, noAnswer, readProblem } from './errors';
import type { In, Out } from './types';

/**
 * Who is signed in, as far as this browser knows. The access token lives in the memory of the tab
 * alone; the refresh cookie, which scripts cannot read, brings a new one after a reload. One
 * refresh is under way at a time, over all requests and all tabs, because a refresh token works
 * once.
 */
type Token = { value: string; expires: number };
export type SessionState = 'unknown' | 'in' | 'out';
type Message = { type: 'token'; token: Token } | { type: 'in' } | { type: 'out' };

const hint = 'handstamp.session';
/** A token is renewed this long before it ends, so that it does not end on its way. */
const margin = 20_000;

let token: Token | undefined;
let state: SessionState = 'unknown';
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('handstamp.session');

channel?.addEventListener('message', (event: MessageEvent<Message>) => {
  const message = event.data;
  if (message.type === 'token' && state !== 'out') become('in', message.token);
  if (message.type === 'out') become('out');
  // Another tab signed in, perhaps as somebody else: what this tab shows may be another person's.
  if (message.type === 'in') location.reload();
});

function become(next: SessionState, value?: Token) {
  token = value;
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

/** The browser remembers that there is a cookie to try, and nothing else. */
const remembered = {
  get: () => {
    try {
      return localStorage.getItem(hint) !== null;
    } catch {
      return true;
    }
  },
  set: (on: boolean) => {
    try {
      if (on) localStorage.setItem(hint, '1');
      else localStorage.removeItem(hint);
    } catch {
      // A browser without storage asks the server once more than needed.
    }
  },
};

async function post<V extends 'auth.login' | 'auth.refresh' | 'auth.logout'>(verb: V, body: In<V>): Promise<Out<V>> {
  const response = await fetch(`/api/v1/${verb}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  }).catch(() => {
    throw noAnswer();
  });
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Out<V>;
}

const keep = (answer: Out<'auth.login'>): Token => ({
  value: answer.access_token,
  expires: Date.now() + answer.expires_in * 1000,
});

async function renew(stale: string | undefined): Promise<boolean> {
  // Another tab may have brought a token while this one waited for its turn.
  if (token && token.value !== stale) return true;
  try {
    const fresh = keep(await post('auth.refresh', {}));
    remembered.set(true);
    become('in', fresh);
    channel?.postMessage({ type: 'token', token: fresh } satisfies Message);
    return true;
  } catch (error) {
    if (asApiError(error).code !== 'unauthenticated') throw error;
    remembered.set(false);
    become('out');
    return false;
  }
}

/** Brings a new access token. False: nobody is signed in. Throws when the server cannot be asked. */
export function refresh(stale?: string): Promise<boolean> {
  refreshing ??= (
    navigator.locks ? navigator.locks.request('handstamp.refresh', () => renew(stale)) : renew(stale)
  ).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** Whether somebody is signed in; asks the server when this tab does not know yet. */
export async function restore(): Promise<boolean> {
  if (state === 'in') return true;
  if (state === 'unknown' && !remembered.get()) become('out');
  return state === 'out' ? false : refresh();
}

/** An access token that will not end on its way, or none when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (token && token.expires - margin > Date.now()) return token.value;
  if (state === 'out' || !(await refresh(token?.value))) return undefined;
  return token?.value;
}

/** Signs in. Throws the server's refusal. */
export async function signIn(body: In<'auth.login'>): Promise<void> {
  const fresh = keep(await post('auth.login', body));
  remembered.set(true);
  become('in', fresh);
  channel?.postMessage({ type: 'in' } satisfies Message);
}

/** Signs out here and in the other tabs; the server's part is best effort. */
export async function signOut(): Promise<ApiError | undefined> {
  const failed = await post('auth.logout', {}).then(() => undefined, asApiError);
  remembered.set(false);
  become('out');
  channel?.postMessage({ type: 'out' } satisfies Message);
  return failed;
}

export const sessionState = (): SessionState => state;

/** Calls back when the state changes; answers how to stop. */
export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
