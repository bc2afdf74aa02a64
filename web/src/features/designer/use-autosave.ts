import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, newKey } from '@/api/client';
import { type ApiError, asApiError } from '@/api/errors';
import { key } from '@/api/query';
import type { Definition } from '@/lib/definition';
import { opened } from '@/lib/definition';
import type { Problem } from './problems';

/** How long a designer must rest before what he drew is saved, and how long until it is tried again. */
const rest = 800;
const again = 8000;

export type SaveStatus = 'saved' | 'changed' | 'saving' | 'failed' | 'overtaken';
export type Saving = {
  status: SaveStatus;
  /** Of the draft as it was saved last. */
  problems: Problem[];
  error?: ApiError;
  /** Saves what is not saved yet; answers whether all is. */
  flush: () => Promise<boolean>;
  /** After somebody else saved: his draft, to go on with. */
  theirs: () => Promise<Definition>;
  /** After somebody else saved: puts this draft over his. */
  overwrite: () => Promise<boolean>;
  revision: () => number;
};

type Start = { revision: number; doc: Definition; problems: Problem[] };

/** Keeps the draft on the server by itself, one save at a time. Somebody else's newer draft is never overwritten unasked. */
export function useAutosave(
  { id: workflow, draft }: { id: string; draft?: boolean },
  doc: Definition,
  start: Start,
): Saving {
  const client = useQueryClient();
  const [state, setState] = useState<{ status: SaveStatus; problems: Problem[]; error?: ApiError }>({
    status: 'saved',
    problems: start.problems,
  });
  const revision = useRef(start.revision);
  const saved = useRef(start.doc);
  const latest = useRef(doc);
  latest.current = doc;
  const line = useRef<Promise<boolean>>(Promise.resolve(true));
  const stopped = useRef(false);
  /** With the first draft there is something to publish. */
  const fresh = useRef(!draft);

  const save = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    if (sent === saved.current) return true;
    if (stopped.current) return false;
    setState((s) => ({ ...s, status: 'saving', error: undefined }));
    try {
      const body = { workflow, revision: revision.current, document: sent };
      const answer = await call('drafts.save', body, { key: newKey() });
      revision.current = answer.revision;
      saved.current = sent;
      setState({ status: latest.current === sent ? 'saved' : 'changed', problems: answer.problems });
      // What others show of it is read again when they are looked at.
      void client.invalidateQueries({ queryKey: key('workflows.list'), refetchType: 'none' });
      const whole = { queryKey: key('workflows.get') };
      void client.invalidateQueries({ ...whole, refetchType: fresh.current ? 'active' : 'none' });
      fresh.current = false;
      return true;
    } catch (thrown) {
      const error = asApiError(thrown);
      stopped.current = error.code === 'conflict';
      setState((s) => ({ ...s, status: stopped.current ? 'overtaken' : 'failed', error }));
      return false;
    }
  }, [client, workflow]);

  const flush = useCallback(() => {
    line.current = line.current.then(save);
    return line.current;
  }, [save]);

  useEffect(() => {
    if (doc === saved.current) {
      // Undone before it was saved.
      setState((s) =>
        s.status === 'changed' || s.status === 'failed' ? { ...s, status: 'saved', error: undefined } : s,
      );
      return;
    }
    if (stopped.current) return;
    setState((s) => (s.status === 'saved' ? { ...s, status: 'changed' } : s));
    const timer = setTimeout(() => void flush(), rest);
    return () => clearTimeout(timer);
  }, [doc, flush]);

  // What could not be saved is tried again, also without a further change.
  const failing = state.status === 'failed' && state.error?.unsettled;
  useEffect(() => {
    if (!failing) return;
    const timer = setInterval(() => void flush(), again);
    return () => clearInterval(timer);
  }, [failing, flush]);

  // Who leaves within the rest loses nothing; who closes the tab before it is saved is asked.
  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);

  const read = useCallback(async () => {
    const answer = await call('drafts.get', { workflow });
    revision.current = answer.revision;
    stopped.current = false;
    return answer;
  }, [workflow]);
  const theirs = useCallback(async () => {
    const answer = await read();
    const found = opened(answer.document);
    saved.current = found;
    setState({ status: 'saved', problems: answer.problems });
    return found;
  }, [read]);
  const overwrite = useCallback(async () => {
    await read();
    return flush();
  }, [read, flush]);
  return { ...state, flush, theirs, overwrite, revision: () => revision.current };
}
