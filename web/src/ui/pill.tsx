import type { ReactNode } from 'react';
import classes from './pill.module.css';

export type Tone = 'gray' | 'accent' | 'green' | 'red' | 'amber';

/** A state in one or two words. The dot repeats the tone; the word alone must do. */
export function Pill({ tone = 'gray', dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {dot && <span className={classes.dot} aria-hidden />}
      <span className={classes.word}>{children}</span>
    </span>
  );
}

/** A number beside a tab or a navigation entry. */
export function Count({ value }: { value: number }) {
  if (!value) return null;
  return <span className={classes.count}>{value > 999 ? '999+' : value}</span>;
}
