import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { applyDraft, applyRun } from '@/api/effects';
import { useAct } from '@/api/query';
import type { Candidate, Prepared } from '@/api/types';
import { assigneesOf, missingOf, onlyCandidate } from '@/components/act-dialog/answer';
import { ErrorSummary, enteredValues, FormRenderer, useForm } from '@/components/form-renderer';
import { Refusal } from '@/components/query-state';
import { WorkflowIcon } from '@/components/workflow-icon';
import { ActionBar } from '@/ui/action-bar';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { IconSend } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { say } from '@/ui/toast';
import { DraftBanner, DraftStatus } from './draft-notes';
import { NextPanel } from './next-panel';
import classes from './start-page.module.css';
import { useDraft } from './use-draft';

/** The form of a new request. It is mounted anew for every preparation. */
export function StartForm({ prepared, restart }: { prepared: Prepared; restart: () => void }) {
  const { workflow, form, choices } = prepared;
  const client = useQueryClient();
  const navigate = useNavigate();
  const handle = useForm(form, prepared.values, prepared.rule_context);
  const [note, setNote] = useState(prepared.draft?.comment ?? '');
  const [chosen, setChosen] = useState<Record<string, Candidate | undefined>>(() => onlyCandidate(choices));
  const [turn, setTurn] = useState(0);
  const [revealed, setRevealed] = useState<{ field: string; turn: number }>();

  const values = useMemo(() => enteredValues(form, handle.settled), [form, handle.settled]);
  const changed = handle.state.entered !== prepared.values || note !== (prepared.draft?.comment ?? '');
  const draft = useDraft(workflow.key, { values, comment: note || undefined }, changed, initialDraft(prepared));

  const start = useAct('runs.start', {
    onSuccess: (run) => {
      applyRun(client, run);
      say(`${run.number ?? 'Your request'} is on its way.`);
      void navigate({ to: '/runs/$run', params: { run: run.number || run.id } });
    },
    onError: (error) => {
      draft.reopen(error);
      handle.refuse(error.fields);
      setTurn((n) => n + 1);
    },
  });
  const missing = missingOf(choices, 'none', { text: note, chosen });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const valid = handle.attempt();
    if (!valid) setTurn((n) => n + 1);
    else if (missing.size > 0) document.getElementById(`choice-${[...missing][0]}`)?.focus();
    if (!valid || missing.size > 0 || start.isPending) return;
    const runId = await draft.close();
    const where = runId ? { run_id: runId } : { workflow: workflow.key };
    start.mutate({
      ...where,
      values,
      comment: note.trim() || undefined,
      assignees: assigneesOf(choices, { text: note, chosen }),
    });
  };
  const discard = useAct('runs.delete_draft', {
    onError: (error) => {
      draft.reopen(error);
      say(error.message, 'red');
    },
    onSuccess: () => {
      applyDraft(client);
      void navigate({ to: '/workflows/$workflow/start', params: { workflow: workflow.key }, search: {} });
      restart();
    },
  });

  const startOver = async () => {
    const runId = await draft.close();
    if (runId) discard.mutate({ run_id: runId });
  };

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
              <DraftBanner savedAt={prepared.draft.saved_at} busy={discard.isPending} onDiscard={startOver} />
            )}
            <ErrorSummary
              handle={handle}
              turn={turn}
              reveal={(field) => setRevealed((r) => ({ field, turn: (r?.turn ?? 0) + 1 }))}
            />
            <Card>
              <FormRenderer handle={handle} revealed={revealed} />
            </Card>
          </div>
          <NextPanel
            prepared={prepared}
            chosen={chosen}
            onChoose={(step, person) => setChosen({ ...chosen, [step]: person })}
            missing={handle.state.tried ? missing : none}
            note={note}
            onNote={setNote}
          />
        </div>
        <ActionBar>
          <DraftStatus state={draft.state} />
          {start.error && start.error.fields.length === 0 && <Refusal error={start.error} />}
          <LinkButton variant="subtle" color="gray" to="/">
            Later
          </LinkButton>
          <Button type="submit" loading={start.isPending} leftSection={<IconSend size={16} stroke={1.8} aria-hidden />}>
            Send request
          </Button>
        </ActionBar>
      </form>
    </Page>
  );
}
const none = new Set<string>();

const initialDraft = ({ draft }: Prepared) =>
  draft ? { status: 'saved' as const, savedAt: draft.saved_at, runId: draft.run_id } : { status: 'none' as const };
