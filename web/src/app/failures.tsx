import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError } from '@/api/errors';
import { failureTitle } from '@/components/query-state';
import { Empty, Failure } from '@/ui/feedback';
import { IconSearch } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';

/** A page that broke, or a server that cannot be reached before anything can be shown. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  useEffect(() => {
    document.title = 'Something went wrong · Handstamp';
  }, []);
  const known = error instanceof ApiError ? error : undefined;
  return (
    <Failure
      page
      title={known ? failureTitle(known, 'The page') : 'This page stopped working'}
      detail={known?.message ?? 'A fault in the page itself. Trying again often helps; what you sent before is safe.'}
      reference={known?.requestId}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

export function PageMissing() {
  useEffect(() => {
    document.title = 'Not found · Handstamp';
  }, []);
  return (
    <Empty
      page
      icon={<IconSearch size={20} stroke={1.7} />}
      title="There is nothing at this address"
      action={
        <LinkButton variant="default" to="/">
          Go to the workflows
        </LinkButton>
      }
    >
      The link may be old, or part of it is missing.
    </Empty>
  );
}

/** The same where no shell surrounds the page. */
export const AloneFailed = (props: ErrorComponentProps) => (
  <main>
    <PageFailed {...props} />
  </main>
);
export const AloneMissing = () => (
  <main>
    <PageMissing />
  </main>
);
