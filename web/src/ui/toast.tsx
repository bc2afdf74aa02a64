import { useSyncExternalStore } from 'react';
import { IconAlertTriangle, IconCheck, IconX } from './icons';
import classes from './toast.module.css';

type Toast = { id: number; tone: 'green' | 'red'; text: string };

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

/** Says the result of an act, on screen and to those who hear it. Errors stay longer. */
export function say(text: string, tone: Toast['tone'] = 'green') {
  const id = next++;
  change([...toasts.slice(-2), { id, tone, text }]);
  setTimeout(() => dismiss(id), tone === 'red' ? 12_000 : 5_000);
}

/** Where results appear. Mounted once; the live region must exist before there is anything to say. */
export function Toasts() {
  const shown = useSyncExternalStore(store.subscribe, store.get, store.get);
  return (
    <div className={classes.region} role="status" aria-live="polite" aria-label="Results">
      {shown.map((toast) => (
        <div key={toast.id} className={classes.toast} data-tone={toast.tone}>
          {toast.tone === 'green' ? <IconCheck size={16} aria-hidden /> : <IconAlertTriangle size={16} aria-hidden />}
          <span className={classes.text}>{toast.text}</span>
          <button type="button" className={classes.close} aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <IconX size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
