import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, newKey } from '@/api/client';
import { applyDraft } from '@/api/effects';
import { type ApiError, asApiError } from '@/api/errors';
import type { Values } from '@/api/types';

/** How long the reader must rest before a draft is saved. */
const rest = 1200;

export type DraftState = { status: 'none' | 'saving' | 'saved' | 'failed'; savedAt?: string; runId?: string };
type Content = { values: Values; comment?: string };

/**
 * Keeps a half-filled request on the server by itself. One save is under way at a time, so that the
 * first one alone makes the draft and the others replace it.
 */
export function useDraft(workflow: string, content: Content, changed: boolean, initial: DraftState) {
  const client = useQueryClient();
  const [state, setState] = useState(initial);
  const runId = useRef(initial.runId);
  const saving = useRef<Promise<void>>(Promise.resolve());
  const latest = useRef(content);
  latest.current = content;
  const saved = useRef(JSON.stringify(content));
  const closed = useRef(false);

  const save = useCallback(async () => {
    const text = JSON.stringify(latest.current);
    if (text === saved.current || closed.current) return;
    setState((s) => ({ ...s, status: 'saving' }));
    try {
      const where = runId.current ? { run_id: runId.current } : { workflow };
      const answer = await call('runs.save_draft', { ...where, ...latest.current }, { key: newKey() });
      runId.current = answer.run_id;
      saved.current = text;
      setState({ status: 'saved', savedAt: answer.saved_at, runId: answer.run_id });
      applyDraft(client);
    } catch (error) {
      // Sent or thrown away elsewhere: what stands here becomes a draft of its own.
      if (asApiError(error).code === 'not_found') runId.current = undefined;
      // Tried again with the next change; the page says that it is not kept.
      setState((s) => ({ ...s, status: 'failed' }));
    }
  }, [client, workflow]);

  const flush = useCallback(() => {
    saving.current = saving.current.then(save);
    return saving.current;
  }, [save]);

  const text = JSON.stringify(content);
  useEffect(() => {
    if (!changed || text === saved.current) return;
    const timer = setTimeout(() => void flush(), rest);
    return () => clearTimeout(timer);
  }, [text, changed, flush]);

  // Who leaves the page within the rest loses nothing.
  useEffect(() => () => void flush(), [flush]);

  /** Waits for what is being saved, saves nothing more, and answers the draft there is, to send it. */
  const close = useCallback(async () => {
    closed.current = true;
    await saving.current;
    return runId.current;
  }, []);
  /** It was not sent: saving goes on, as a new draft where the old one turned out to be gone. */
  const reopen = useCallback((error: ApiError) => {
    closed.current = false;
    if (error.code === 'not_found') runId.current = undefined;
  }, []);
  return { state, close, reopen };
}
