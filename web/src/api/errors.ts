/** The codes of the server's problem documents, and `network` for an answer that never came. */
export type ErrorCode =
  | 'invalid'
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'unsupported'
  | 'throttled'
  | 'unavailable'
  | 'internal'
  | 'network';

export type FieldError = { field: string; message: string };

/** A refusal by the server in words for people, or the absence of an answer. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly fields: FieldError[];
  /** Seconds to wait, of a throttled request. */
  readonly retryAfter?: number;
  readonly requestId?: string;

  constructor(init: {
    code: ErrorCode;
    status: number;
    detail: string;
    fields?: FieldError[];
    retryAfter?: number;
    requestId?: string;
  }) {
    super(init.detail);
    this.name = 'ApiError';
    this.code = init.code;
    this.status = init.status;
    this.fields = init.fields ?? [];
    this.retryAfter = init.retryAfter;
    this.requestId = init.requestId;
  }

  /** Whether it is unknown if the server carried the request out. */
  get unsettled(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

const fallback: Record<number, { code: ErrorCode; detail: string }> = {
  0: { code: 'network', detail: 'No answer came from the server. Check your connection and try again.' },
  400: { code: 'malformed', detail: 'The server did not understand this request. Reload the page and try again.' },
  401: { code: 'unauthenticated', detail: 'Please sign in again.' },
  403: { code: 'forbidden', detail: 'You may not do this.' },
  404: { code: 'not_found', detail: 'This does not exist, or it is not yours to see.' },
  409: { code: 'conflict', detail: 'Somebody changed this in the meantime.' },
  413: { code: 'too_large', detail: 'This is more than the server accepts at once.' },
  415: { code: 'unsupported', detail: 'The server did not understand this request. Reload the page and try again.' },
  422: { code: 'invalid', detail: 'Something in it is not right yet.' },
  429: { code: 'throttled', detail: 'Too many requests in a short time.' },
  503: { code: 'unavailable', detail: 'The server is busy or restarting. Try again in a moment.' },
};

/** The error for a request that got no answer at all. */
export function noAnswer(): ApiError {
  return new ApiError({ ...(fallback[0] as { code: ErrorCode; detail: string }), status: 0 });
}

type ProblemDocument = {
  code?: string;
  detail?: string;
  title?: string;
  errors?: FieldError[];
  request_id?: string;
};

/** Reads a problem document (RFC 9457). A body that is none, as from a proxy, gets a plain sentence. */
export async function readProblem(response: Response): Promise<ApiError> {
  const known = fallback[response.status] ?? {
    code: 'internal' as const,
    detail: 'Something went wrong on the server.',
  };
  const body = (await response.json().catch(() => undefined)) as ProblemDocument | undefined;
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError({
    status: response.status,
    code: (body?.code as ErrorCode | undefined) ?? known.code,
    detail: body?.detail || body?.title || known.detail,
    fields: (body?.errors ?? []).map((e) => ({ field: fieldPath(e.field), message: e.message })),
    retryAfter: Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : undefined,
    requestId: body?.request_id,
  });
}

/** `values.items[0].cost`, `/values/items/0/cost` and `body.values.items.0.cost` all name `items.0.cost`. */
export function fieldPath(path: string): string {
  const parts = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split(/[./]/)
    .filter(Boolean);
  while (parts.length > 1 && (parts[0] === 'body' || parts[0] === 'values')) parts.shift();
  return parts.join('.');
}

/** The error as an ApiError, whatever was thrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({
    code: 'internal',
    status: 500,
    detail: 'Something went wrong on this page. Reload it and try again.',
  });
}
