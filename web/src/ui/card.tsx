import type { ReactNode } from 'react';
import classes from './card.module.css';

/** A bordered group of things that belong together. */
export function Card({ title, action, children, flush = false }: CardProps) {
  return (
    <section className={classes.card} data-flush={flush || undefined}>
      {title && (
        <header className={classes.header}>
          <h2 className={classes.title}>{title}</h2>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}
type CardProps = { title?: ReactNode; action?: ReactNode; children: ReactNode; flush?: boolean };
