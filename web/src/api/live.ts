import type { QueryClient } from '@tanstack/react-query';
import { accessToken, onSession, sessionState } from './session';

/**
 * What others do appears by itself: one stream of hints per browser, shared by its tabs. A hint names
 * a run and carries nothing of it; whoever shows the run or a list reads again.
 */
type Hint = { run_id?: string; revision?: number };
type Message = { type: 'hint'; hint: Hint } | { type: 'link'; link: Link };
export type Link = 'up' | 'down';

/** What may look different after a run changed. */
const lists = ['tasks.list', 'runs.list', 'me.get'];
const pages = ['runs.get', 'runs.history', 'comments.list', 'tasks.get'];

/** Hints that come together are one reading. */
const pause = 150;
/** After a lost connection: soon at first, then more and more patiently. */
const waits = [500, 1_000, 2_000, 5_000, 10_000];
/** The server says something every four seconds; silence of this length is a dead connection. */
const silence = 15_000;

let link: Link = 'up';
const listeners = new Set<() => void>();

/** Whether changes arrive at this moment. */
export const liveLink = (): Link => link;

export function onLiveLink(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: Link) {
  if (link === next) return;
  link = next;
  for (const listener of listeners) listener();
}

/** The complete events at the beginning of what has arrived, and the rest. */
export function takeEvents(text: string): { events: { name: string; data: string }[]; rest: string } {
  const blocks = text.split('\n\n');
  const rest = blocks.pop() ?? '';
  const events = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const name = field('event');
    return name === undefined ? [] : [{ name, data: field('data') ?? '{}' }];
  });
  return { events, rest };
}

/** Marks as out of date what a hint may concern; what is not on the screen is read when it is shown. */
export function applyHint(client: QueryClient, hint: Hint): void {
  for (const verb of lists) void client.invalidateQueries({ queryKey: [verb] });
  const concerns = (data: unknown) => {
    if (!hint.run_id || data === undefined) return true;
    const shown = data as { id?: string; run_id?: string; revision?: number };
    if (shown.id !== undefined && shown.revision !== undefined) {
      return shown.id === hint.run_id && shown.revision < (hint.revision ?? Number.POSITIVE_INFINITY);
    }
    return true;
  };
  for (const verb of pages) {
    void client.invalidateQueries({ queryKey: [verb], predicate: (query) => concerns(query.state.data) });
  }
}

/** Collects hints for a moment: a busy minute must not become a storm of readings. */
export function gather(apply: (hint: Hint) => void): (hint: Hint) => void {
  let waiting: Map<string, Hint> | undefined;
  return (hint) => {
    if (!waiting) {
      waiting = new Map();
      setTimeout(() => {
        const all = [...(waiting?.values() ?? [])];
        waiting = undefined;
        // Many at once: everything once, not everything many times.
        if (all.length > 1) apply({});
        else if (all[0]) apply(all[0]);
      }, pause);
    }
    waiting.set(hint.run_id ?? '', hint);
  };
}

/** Reads one stream to its end. Resolves when the server ends it, throws when it breaks. */
async function listen(heard: (hint: Hint) => void, up: () => void, signal: AbortSignal): Promise<void> {
  const bearer = await accessToken();
  if (!bearer) return;
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  let watch = setTimeout(abort, silence);
  try {
    const response = await fetch('/api/v1/events.stream', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
      credentials: 'same-origin',
      body: '{}',
      signal: stop.signal,
    });
    if (!response.ok || !response.body) throw new Error(`events.stream answered ${response.status}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(watch);
      watch = setTimeout(abort, silence);
      const { events, rest } = takeEvents(text + part.value);
      text = rest;
      for (const event of events) {
        if (event.name === 'ready') up();
        // What changed while nobody listened is not known: `ready` means everything.
        heard(event.name === 'ready' ? {} : (JSON.parse(event.data) as Hint));
      }
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', abort);
  }
}

const delay = (ms: number, signal: AbortSignal) =>
  new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end);
  });

/** Keeps a stream open as long as somebody is signed in. */
async function keepListening(heard: (hint: Hint) => void, tell: (next: Link) => void, signal: AbortSignal) {
  for (let failures = 0; !signal.aborted && sessionState() === 'in'; ) {
    try {
      await listen(
        heard,
        () => {
          failures = 0;
          tell('up');
        },
        signal,
      );
    } catch {
      if (signal.aborted) return;
      failures++;
      // One broken connection is every day's business; only what lasts is worth a word.
      if (failures > 1) tell('down');
      await delay(waits[Math.min(failures, waits.length) - 1] ?? 10_000, signal);
    }
  }
}

/**
 * Listens for as long as the page lives. Of all tabs the one that holds the lock keeps the stream and
 * passes on what it hears; when it is closed another takes over.
 */
export function startLive(client: QueryClient): void {
  const apply = gather((hint) => applyHint(client, hint));
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('handstamp.live');
  channel?.addEventListener('message', (event: MessageEvent<Message>) => {
    if (event.data.type === 'hint') apply(event.data.hint);
    else become(event.data.link);
  });
  const heard = (hint: Hint) => {
    apply(hint);
    channel?.postMessage({ type: 'hint', hint } satisfies Message);
  };
  const tell = (next: Link) => {
    become(next);
    channel?.postMessage({ type: 'link', link: next } satisfies Message);
  };
  let running: AbortController | undefined;
  const follow = () => {
    if (sessionState() !== 'in') {
      running?.abort();
      running = undefined;
      return;
    }
    if (running) return;
    const mine = new AbortController();
    running = mine;
    const keep = () => keepListening(heard, tell, mine.signal);
    const held = navigator.locks ? navigator.locks.request('handstamp.live', { signal: mine.signal }, keep) : keep();
    held
      .catch(() => {}) // gave up waiting for the lock: signed out
      .finally(() => {
        if (running === mine) running = undefined;
      });
  };
  onSession(follow);
  follow();
}
