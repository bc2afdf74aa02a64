import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useHotkeys } from '@/ui/hotkeys';
import { Key } from '@/ui/kbd';
import classes from './rows.module.css';

/** A list of things to open. j and k move the focus, as the arrow keys of a mail program do; Enter is the link's own. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) });
  return (
    <>
      <ul ref={list} className={classes.list} aria-label={label}>
        {children}
      </ul>
      <p className={classes.keys}>
        <Key>j</Key> <Key>k</Key> up and down, <Key>Enter</Key> opens
      </p>
    </>
  );
}

type RowProps = {
  icon: ReactNode;
  number?: string;
  /** The link that opens it; the whole row answers to it. */
  link: ReactNode;
  about: ReactNode;
  who?: ReactNode;
  when: ReactNode;
  action?: ReactNode;
  warning?: string;
};

export function Row({ icon, number, link, about, who, when, action, warning }: RowProps) {
  return (
    <li className={classes.row}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.main}>
        <span className={classes.title}>
          {link}
          {number && <span className={classes.number}>{number}</span>}
        </span>
        <span className={classes.about}>{about}</span>
        {warning && <span className={classes.warning}>{warning}</span>}
      </span>
      {who && <span className={classes.who}>{who}</span>}
      <span className={classes.when}>{when}</span>
      {action && <span className={classes.action}>{action}</span>}
    </li>
  );
}
