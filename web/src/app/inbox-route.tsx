import { InboxPage } from '@/features/inbox/inbox-page';
import { RunPane } from '@/features/run/run-pane';

/** The inbox with requests beside its list. */
export const InboxRoute = () => <InboxPage RunPane={RunPane} />;
