import { useState } from 'react';
import type { Run } from '@/api/types';
import { IconArrowBackUp, IconCheck, IconX } from '@/ui/icons';
import { type Stop, shorten, stopsOf } from './path';
import classes from './run-path.module.css';

const states: Record<Stop['state'], string> = {
  done: 'done',
  here: 'it is here',
  back: 'left',
  ahead: 'may follow',
  end: 'ended',
  stopped: 'stopped',
};

/** The way of a run as a line of places. */
export function RunPath({ run }: { run: Run }) {
  const [whole, setWhole] = useState(false);
  const all = stopsOf(run);
  const { stops, left } = whole ? { stops: all, left: 0 } : shorten(all);
  return (
    <nav aria-label="Path">
      <ol className={classes.path}>
        {stops.map((stop, i) => (
          <li key={stop.key} className={classes.item} data-beside={stop.beside || undefined}>
            {i === 1 && left > 0 && (
              <button type="button" className={classes.more} onClick={() => setWhole(true)}>
                {left} more
              </button>
            )}
            <Place stop={stop} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Place({ stop }: { stop: Stop }) {
  return (
    <span
      className={classes.stop}
      data-state={stop.state}
      title={stop.about}
      aria-current={stop.state === 'here' ? 'step' : undefined}
    >
      <span className={classes.mark} aria-hidden>
        {(stop.state === 'done' || stop.state === 'end') && <IconCheck size={11} stroke={3} />}
        {stop.state === 'back' && <IconArrowBackUp size={11} stroke={2.4} />}
        {stop.state === 'stopped' && <IconX size={11} stroke={3} />}
      </span>
      <span className={classes.name}>{stop.name}</span>
      <span className="hs-visually-hidden">
        {stop.beside && ', at the same time'} ({states[stop.state]}
        {stop.about && `: ${stop.about}`})
      </span>
    </span>
  );
}
