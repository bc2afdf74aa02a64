import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import { applyDraft, applyRun } from '@/api/effects';
import { useAct } from '@/api/query';
import type { Candidate, Prepared } from '@/api/types';
import { assigneesOf, type Chosen, missingOf, onlyCandidate } from '@/components/act-dialog/answer';
import { enteredValues, useForm } from '@/components/form-renderer';
import { say } from '@/ui/toast';
import { useAhead } from './use-ahead';
import { useDraft } from './use-draft';

/** Everything that is entered for a new request, kept as a draft while it is. */
export function useRequest(prepared: Prepared) {
  const { workflow, form } = prepared;
  const handle = useForm(form, prepared.values, prepared.rule_context);
  const [note, setNote] = useState(prepared.draft?.comment ?? '');
  const [picked, setPicked] = useState<Chosen>({});
  const values = useMemo(() => enteredValues(form, handle.settled), [form, handle.settled]);
  const changed = handle.state.entered !== prepared.values || note !== (prepared.draft?.comment ?? '');
  const draft = useDraft(workflow.key, { values, comment: note || undefined }, changed, initialDraft(prepared));
  const ahead = useAhead(prepared, values, handle.state.entered !== prepared.values);
  const chosen = { ...onlyCandidate(ahead.choices), ...picked };
  const choose = (step: string, people: Candidate[]) => setPicked({ ...picked, [step]: people });
  const missing = missingOf(ahead.choices, 'none', { text: note, chosen });
  return { prepared, handle, note, setNote, ahead, chosen, choose, missing, values, draft };
}
export type Request = ReturnType<typeof useRequest>;

const initialDraft = ({ draft }: Prepared) =>
  draft ? { status: 'saved' as const, savedAt: draft.saved_at, runId: draft.run_id } : { status: 'none' as const };

/** Sends the request. `turn` counts the attempts that failed, so that the page can lead to what is wrong. */
export function useSend({ prepared, handle, note, ahead, chosen, missing, values, draft }: Request) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [turn, setTurn] = useState(0);
  const start = useAct('runs.start', {
    onSuccess: (run) => {
      applyRun(client, run);
      say(`${run.number || 'Your request'} is on its way.`);
      void navigate({ to: '/runs/$run', params: { run: run.number || run.id } });
    },
    onError: (error) => {
      draft.reopen(error);
      handle.refuse(error.fields);
      setTurn((n) => n + 1);
    },
  });
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!handle.attempt()) return setTurn((n) => n + 1);
    const [first] = missing;
    if (first) return document.getElementById(`choice-${first}`)?.focus();
    if (start.isPending) return;
    const runId = await draft.close();
    start.mutate({
      ...(runId ? { run_id: runId } : { workflow: prepared.workflow.key }),
      values,
      comment: note.trim() || undefined,
      assignees: assigneesOf(ahead.choices, { text: note, chosen }),
    });
  };
  return { send, turn, pending: start.isPending, error: start.error };
}

/** Throws the draft away and begins anew. */
export function useStartOver({ prepared, draft }: Request, restart: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const discard = useAct('runs.delete_draft', {
    onError: (error) => {
      draft.reopen(error);
      say(error.message, 'red');
    },
    onSuccess: () => {
      applyDraft(client);
      const params = { workflow: prepared.workflow.key };
      void navigate({ to: '/workflows/$workflow/start', params, search: {} });
      restart();
    },
  });
  const startOver = async () => {
    const runId = await draft.close();
    if (runId) discard.mutate({ run_id: runId });
  };
  return { startOver, pending: discard.isPending };
}
