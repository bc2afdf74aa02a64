import { useSyncExternalStore } from 'react';
import { liveLink, onLiveLink } from '@/api/live';
import classes from './link-sign.module.css';

const subscribe = (listener: () => void) => {
  const stop = onLiveLink(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    stop();
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};
const connected = () => navigator.onLine && liveLink() === 'up';

/** A quiet sign while changes by others do not arrive. It asks for nothing: the connection comes back by itself. */
export function LinkSign() {
  const up = useSyncExternalStore(subscribe, connected);
  return (
    <output className={classes.place} aria-live="polite">
      {!up && (
        <span className={classes.sign}>
          <span className={classes.dot} aria-hidden="true" />
          No connection. What you see may be old.
        </span>
      )}
    </output>
  );
}
