import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  type UseMutationOptions,
  useMutation,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { call, newKey } from './client';
import { type ApiError, asApiError } from './errors';
import type { In, ListVerb, Out, Row, Verb } from './types';

/** The cache key of a verb, or of all answers of it. */
export const key = <V extends Verb>(verb: V, body?: In<V>) => (body === undefined ? [verb] : [verb, body]);

/** A read, for `useQuery` and route loaders. */
export const read = <V extends Verb>(verb: V, body: In<V>) =>
  queryOptions<Out<V>, ApiError>({
    queryKey: key(verb, body),
    queryFn: ({ signal }) => call(verb, body, { signal }),
  });

/** A list that grows page by page, for `useInfiniteQuery`. */
export const readPages = <V extends ListVerb>(verb: V, body: Omit<In<V>, 'cursor'>) =>
  infiniteQueryOptions<
    Out<V>,
    ApiError,
    { pages: Out<V>[]; pageParams: (string | undefined)[] },
    unknown[],
    string | undefined
  >({
    queryKey: [verb, body],
    queryFn: ({ signal, pageParam }) => call(verb, { ...body, cursor: pageParam } as In<V>, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next_cursor || undefined,
  });

/** All rows of the pages read so far. */
export const rowsOf = <V extends ListVerb>(data: { pages: Out<V>[] } | undefined): Row<V>[] | undefined =>
  data?.pages.flatMap((page) => page.items as Row<V>[]);

type ActOptions<V extends Verb> = Pick<
  UseMutationOptions<Out<V>, ApiError, In<V>>,
  'onSuccess' | 'onError' | 'onSettled'
>;

/**
 * A change. The idempotency key belongs to what is asked, not to the attempt: as long as it is
 * unknown whether the server carried it out, the same request repeats the same key.
 */
export function useAct<V extends Verb>(verb: V, options: ActOptions<V> = {}) {
  const pending = useRef<{ body: string; key: string } | undefined>(undefined);
  return useMutation<Out<V>, ApiError, In<V>>({
    ...options,
    mutationFn: async (body) => {
      const text = JSON.stringify(body);
      if (pending.current?.body !== text) pending.current = { body: text, key: newKey() };
      try {
        const answer = await call(verb, body, { key: pending.current.key });
        pending.current = undefined;
        return answer;
      } catch (thrown) {
        const error = asApiError(thrown);
        if (!error.unsettled) pending.current = undefined;
        throw error;
      }
    },
  });
}

/** Marks everything a verb answered as out of date. */
export const outdate = (client: QueryClient, ...verbs: Verb[]) =>
  Promise.all(verbs.map((verb) => client.invalidateQueries({ queryKey: key(verb) })));
