import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ApiError } from '@/api/errors';
import type { Prepared } from '@/api/types';
import { ErrorSummary, FormRenderer } from '@/components/form-renderer';
import { Refusal } from '@/components/query-state';
import { WorkflowIcon } from '@/components/workflow-icon';
import { ActionBar } from '@/ui/action-bar';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { IconSend } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { DraftBanner, DraftStatus } from './draft-notes';
import { NextPanel } from './next-panel';
import classes from './start-page.module.css';
import { type Request, useRequest, useSend, useStartOver } from './use-request';

/** The form of a new request. It is mounted anew for every preparation. */
export function StartForm({ prepared, restart }: { prepared: Prepared; restart: () => void }) {
  const { workflow } = prepared;
  const request = useRequest(prepared);
  const { send, turn, pending, error } = useSend(request);
  const { startOver, pending: startingOver } = useStartOver(request, restart);
  return (
    <Page
      title={workflow.name}
      width="wide"
      above={<BackLink to="/">Workflows</BackLink>}
      heading={
        <span className={classes.heading}>
          <WorkflowIcon workflow={workflow} /> {workflow.name}
        </span>
      }
      lead={prepared.description}
    >
      <form onSubmit={send} noValidate aria-label={workflow.name}>
        <div className={classes.columns}>
          <div className={classes.main}>
            {prepared.draft && (
              <DraftBanner savedAt={prepared.draft.saved_at} busy={startingOver} onDiscard={startOver} />
            )}
            <Fields request={request} turn={turn} />
          </div>
          <NextPanel request={request} />
        </div>
        <SendBar request={request} pending={pending} error={error} />
      </form>
    </Page>
  );
}

function Fields({ request: { handle }, turn }: { request: Request; turn: number }) {
  const [revealed, setRevealed] = useState<{ field: string; turn: number }>();
  const reveal = (field: string) => setRevealed((r) => ({ field, turn: (r?.turn ?? 0) + 1 }));
  return (
    <>
      <ErrorSummary handle={handle} turn={turn} reveal={reveal} />
      <Card>
        <FormRenderer handle={handle} revealed={revealed} />
      </Card>
    </>
  );
}

function SendBar({ request, pending, error }: { request: Request; pending: boolean; error: ApiError | null }) {
  return (
    <ActionBar>
      <DraftStatus state={request.draft.state} />
      {error && error.fields.length === 0 && <Refusal error={error} />}
      <LinkButton variant="subtle" color="gray" to="/">
        Later
      </LinkButton>
      <Button type="submit" loading={pending} leftSection={<IconSend size={16} stroke={1.8} aria-hidden />}>
        Send request
      </Button>
    </ActionBar>
  );
}
