import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { asApiError } from '@/api/errors';
import { startLive } from '@/api/live';
import { onSession, sessionState } from '@/api/session';
import { recall, remember } from '@/lib/prefs';
import { cssVariables, theme } from '@/ui/theme/theme';
import { Toasts } from '@/ui/toast';
import { makeRouter } from './router';

/** What a refusal of the server cannot change by asking again is not asked again. */
const retry = (count: number, thrown: unknown) => count < 2 && asApiError(thrown).unsettled;

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const router = makeRouter(client);
startLive(client);

type Scheme = 'light' | 'dark' | 'auto';
const isScheme = (value: unknown): value is Scheme => value === 'light' || value === 'dark' || value === 'auto';

/** The colours as scheme.js reads them before the first paint. */
const colours: MantineColorSchemeManager = {
  get: (fallback) => {
    const kept = recall('scheme');
    return isScheme(kept) ? kept : fallback;
  },
  set: (value) => remember('scheme', value === 'auto' ? undefined : value),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => remember('scheme', undefined),
};

/** When the session ends, here or in another tab, nothing of it stays: neither what was read nor the page. */
function useSessionEnd() {
  useEffect(
    () =>
      onSession(() => {
        if (sessionState() !== 'out') return;
        client.clear();
        void router.invalidate();
      }),
    [],
  );
}

export function App() {
  useSessionEnd();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}
