import { lazy, Suspense } from 'react';
import { InboxPage, type RunPaneProps } from '@/features/inbox/inbox-page';

const RunPane = lazy(() => import('@/features/run/run-pane').then((m) => ({ default: m.RunPane })));

/** The inbox with requests beside its list, which come after the list itself. */
export const InboxRoute = () => <InboxPage RunPane={Waiting} />;

const Waiting = (props: RunPaneProps) => (
  <Suspense>
    <RunPane {...props} />
  </Suspense>
);
