import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { read } from '@/api/query';
import type { Prepared, Values } from '@/api/types';

/** How long the reader must rest before it is asked again who comes next. */
const rest = 500;

/**
 * Who is asked next, for what is entered so far. While an answer is awaited, and when none comes, the
 * last one stands: what happens next is a help and never in the way.
 */
export function useAhead(prepared: Prepared, values: Values, changed: boolean): Pick<Prepared, 'next' | 'choices'> {
  const [asked] = useDebouncedValue(changed ? JSON.stringify(values) : undefined, rest);
  const answer = useQuery({
    ...read('runs.prepare', { workflow: prepared.workflow.key, values: JSON.parse(asked ?? '{}') as Values }),
    enabled: asked !== undefined,
    placeholderData: (before) => before,
    staleTime: 60_000,
    retry: false,
  });
  // An answer that failed takes the placeholder away with it.
  const last = useRef<Prepared>(undefined);
  if (answer.data) last.current = answer.data;
  return answer.data ?? last.current ?? prepared;
}
