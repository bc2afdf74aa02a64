import { useSyncExternalStore } from 'react';
import { keyHint } from './hotkeys';
import { IconAlertTriangle, IconCheck, IconX } from './icons';
import classes from './toast.module.css';

type Offered = { label: string; hint?: string; act: () => void; onDismiss: () => void };
type Toast = { id: number; tone: 'green' | 'red'; text: string; offered?: Offered };

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const store = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: () => toasts,
};

function change(to: Toast[]) {
  toasts = to;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => change(toasts.filter((toast) => toast.id !== id));

/** What is left on screen when something new comes: what offers something, and the last two of the rest. */
const few = () => {
  const rest = toasts.filter((toast) => !toast.offered).slice(-2);
  return toasts.filter((toast) => toast.offered || rest.includes(toast));
};

/** Says the result of an act, on screen and to those who hear it. Errors stay longer. */
export function say(text: string, tone: Toast['tone'] = 'green') {
  const id = next++;
  change([...few(), { id, tone, text }]);
  setTimeout(() => dismiss(id), tone === 'red' ? 12_000 : 5_000);
}

type Offer = Offered & { text: string; ms: number; onEnd: () => void };

/**
 * Says the result of an act together with what can still be done about it, until that is over or waved away. Answers
 * how to take the offer back.
 */
export function offer({ text, ms, onEnd, ...offered }: Offer): () => void {
  const id = next++;
  change([...few(), { id, tone: 'green', text, offered }]);
  const timer = setTimeout(() => {
    dismiss(id);
    onEnd();
  }, ms);
  return () => {
    clearTimeout(timer);
    dismiss(id);
  };
}

/** Where results appear. Mounted once; the live region must exist before there is anything to say. */
export function Toasts() {
  const shown = useSyncExternalStore(store.subscribe, store.get, store.get);
  return (
    <div className={classes.region} role="status" aria-live="polite" aria-label="Results">
      {shown.map(({ id, tone, text, offered }) => (
        <div key={id} className={classes.toast} data-tone={tone} data-offer={offered ? '' : undefined}>
          {tone === 'green' ? <IconCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
          <span className={classes.text}>{text}</span>
          {offered && (
            <button type="button" className={classes.offer} onClick={offered.act} {...keyHint(offered.hint)}>
              {offered.label}
            </button>
          )}
          <button
            type="button"
            className={classes.close}
            aria-label="Dismiss"
            onClick={() => {
              dismiss(id);
              offered?.onDismiss();
            }}
          >
            <IconX size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
