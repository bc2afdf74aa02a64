import { type ReactNode, useId, useState } from 'react';
import { IconChevronDown, IconChevronRight } from '@/ui/icons';
import { useEditor } from '../editor';
import { messagesAt } from '../problems';
import classes from './flow.module.css';

type MoreProps = { title: string; children: ReactNode; paths?: string[]; note?: string };

/** What is rarely set, folded away; open where something in it has to be mended. */
export function More({ title, children, paths = [], note }: MoreProps) {
  const { problems } = useEditor();
  const [wanted, setWanted] = useState<boolean>();
  const id = useId();
  const wrong = paths.some((path) => messagesAt(problems, path));
  const open = wanted ?? wrong;
  const Icon = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={classes.more}>
      <h3>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setWanted(!open)}>
          <Icon size={15} aria-hidden />
          {title}
          {!open && note && <span>{note}</span>}
        </button>
      </h3>
      <div id={id} hidden={!open} className={classes.moreBody}>
        {open && children}
      </div>
    </section>
  );
}
