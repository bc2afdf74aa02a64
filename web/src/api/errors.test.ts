import { describe, expect, it } from 'vitest';
import { asApiError, fieldPath, readProblem } from './errors';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

describe('problem documents', () => {
  it('become typed errors with messages at their fields', async () => {
    const error = await readProblem(
      answer(422, {
        code: 'invalid',
        detail: '2 values need to be corrected.',
        errors: [
          { field: 'values.items.0.cost', message: 'Cost is required.' },
          { field: 'values.reason', message: 'Reason is required.' },
        ],
        request_id: 'r1',
      }),
    );
    expect(error).toMatchObject({ code: 'invalid', status: 422, requestId: 'r1', unsettled: false });
    expect(error.fields.map((f) => f.field)).toEqual(['items.0.cost', 'reason']);
    expect(error.message).toBe('2 values need to be corrected.');
  });

  it('say how long to wait', async () => {
    expect(await readProblem(answer(429, {}, { 'Retry-After': '12' }))).toMatchObject({
      code: 'throttled',
      retryAfter: 12,
    });
  });

  it('from a proxy that knows none get a plain sentence', async () => {
    const error = await readProblem(answer(503, '<html>'));
    expect(error).toMatchObject({ code: 'unavailable', unsettled: true });
    expect(error.message).not.toContain('<');
  });

  it('whatever was thrown', () => {
    expect(asApiError(new TypeError('x is undefined')).message).not.toContain('undefined');
  });
});

it.each([
  ['values.leave_from', 'leave_from'],
  ['values.items[2].cost', 'items.2.cost'],
  ['/values/items/2/cost', 'items.2.cost'],
  ['body.values.a', 'a'],
  ['key', 'key'],
  ['values', 'values'],
])('%s names %s', (path, field) => expect(fieldPath(path)).toBe(field));
