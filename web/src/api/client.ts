import { ApiError, noAnswer, readProblem } from './errors';
import { accessToken, refresh } from './session';
import type { In, Out, Verb } from './types';

const reads = /\.(list|get|search|prepare|candidates|history|validate|export|statistics|facets|people|simulate)$/;

/** Whether a verb changes something and therefore carries an idempotency key. */
export const changes = (verb: Verb): boolean => !reads.test(verb);

/** A key under which the server carries a request out once, however often it arrives. */
export function newKey(): string {
  // randomUUID is absent on plain http addresses other than localhost.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

export type CallOptions = { key?: string; signal?: AbortSignal };

/** Sends one verb. Throws ApiError; an expired token is renewed and the request repeated once. */
export async function call<V extends Verb>(verb: V, body: In<V>, options: CallOptions = {}): Promise<Out<V>> {
  const key = changes(verb) ? (options.key ?? newKey()) : undefined;
  const bearer = await accessToken();
  if (!bearer) throw new ApiError({ code: 'unauthenticated', status: 401, detail: 'Please sign in again.' });
  let response = await send(verb, body, bearer, key, options.signal);
  if (response.status === 401 && (await refresh(bearer))) {
    response = await send(verb, body, (await accessToken()) ?? '', key, options.signal);
  }
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Out<V>;
}

async function send(verb: Verb, body: unknown, bearer: string, key?: string, signal?: AbortSignal): Promise<Response> {
  const request = () =>
    fetch(`/api/v1/${verb}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${bearer}`,
        ...(key && { 'Idempotency-Key': key }),
      },
      credentials: 'same-origin',
      body: JSON.stringify(body),
      signal,
    });
  try {
    return await request();
  } catch (error) {
    if (signal?.aborted) throw error;
    // A connection that broke is tried once more: reads are harmless, acts carry their key.
    return request().catch(() => {
      throw noAnswer();
    });
  }
}
