import type { ReactNode } from 'react';
import { type ApiError, asApiError } from '@/api/errors';
import { Banner, Failure } from '@/ui/feedback';

type Asked<T> = { data: T | undefined; error: ApiError | Error | null; isPending: boolean; refetch: () => unknown };

/** What a failed request means, in the title; the server's own words follow. */
export function failureTitle(error: ApiError, what: string): string {
  if (error.code === 'not_found') return `${what} was not found`;
  if (error.code === 'forbidden') return `${what} is not open to you`;
  if (error.code === 'network') return 'The server does not answer';
  return `${what} could not be shown`;
}

/** The one place where a page decides between waiting, failing and showing. What was read before stays on a failed renewal. */
export function QueryState<T>({ query, what, loading, page = false, children }: QueryStateProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return loading;
  const error = asApiError(query.error);
  const hopeless = error.code === 'not_found' || error.code === 'forbidden';
  return (
    <Failure
      page={page}
      title={failureTitle(error, what)}
      detail={error.message}
      reference={error.status >= 500 ? error.requestId : undefined}
      onRetry={hopeless ? undefined : () => void query.refetch()}
    />
  );
}
type QueryStateProps<T> = {
  query: Asked<T>;
  /** What is being asked for, to begin a sentence with: "The request". */
  what: string;
  loading: ReactNode;
  /** Whether it stands for the whole page. */
  page?: boolean;
  children: (data: T) => ReactNode;
};

/** Why an act was refused, above the button that tried it. */
export function Refusal({ error }: { error: ApiError | null }) {
  if (!error) return null;
  return (
    <Banner tone="red" title={error.code === 'conflict' ? 'Somebody was faster' : undefined}>
      {error.message}
      {error.status >= 500 && error.requestId && <> Reference {error.requestId}.</>}
    </Banner>
  );
}
