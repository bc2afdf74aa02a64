import { Fragment, type ReactNode, useState } from 'react';
import type { HistoryItem, Person } from '@/api/types';
import { Avatar } from '@/ui/avatar';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBell,
  IconCheck,
  IconMessage,
  IconMessageQuestion,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
  IconX,
} from '@/ui/icons';
import { usePrinting } from '@/ui/printing';
import { Moment } from '@/ui/time';
import classes from './run-timeline.module.css';
import { type Entry, type Group, groupsOf } from './words';

const icons: Record<Entry['icon'], ReactNode> = {
  start: <IconPlayerPlay size={12} />,
  done: <IconCheck size={12} stroke={2.4} />,
  end: <IconCheck size={12} stroke={2.4} />,
  reject: <IconX size={12} stroke={2.4} />,
  stop: <IconX size={12} stroke={2.4} />,
  back: <IconArrowBackUp size={12} stroke={2.2} />,
  assign: <IconUserPlus size={12} />,
  edit: <IconPencil size={12} />,
  comment: <IconMessage size={12} />,
  ask: <IconMessageQuestion size={12} />,
  remind: <IconBell size={12} />,
  pause: <IconPlayerPause size={12} />,
  warning: <IconAlertTriangle size={12} />,
};

/** A history of more acts than this is folded in the middle. */
const most = 12;
const shownFirst = 2;
const shownLast = 7;

/** What happened, oldest first, in people's words, with the reasons and comments where they were given. */
export function RunTimeline({ items, children }: { items: HistoryItem[]; children?: ReactNode }) {
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  const groups = groupsOf(items);
  const folded = groups.length > most && !whole && !printing;
  const shown = folded ? [...groups.slice(0, shownFirst), ...groups.slice(-shownLast)] : groups;
  return (
    <ol className={classes.list}>
      {shown.map((group, i) => (
        <Fragment key={group.item.seq}>
          {folded && i === shownFirst && (
            <li className={classes.fold}>
              <button type="button" className={classes.unfold} onClick={() => setWhole(true)}>
                Show {groups.length - shown.length} more
              </button>
            </li>
          )}
          <Act group={group} />
        </Fragment>
      ))}
      {children}
    </ol>
  );
}

function Act({ group: { item, entry, followed } }: { group: Group }) {
  return (
    <li className={classes.line} data-quiet={entry.quiet || undefined} data-icon={entry.icon}>
      <Mark entry={entry} />
      <div className={classes.body}>
        <div className={classes.text}>
          <Sentence entry={entry} />{' '}
          <span className={classes.at}>
            <Moment at={item.at} />
          </span>
        </div>
        {item.comment && <blockquote className={classes.comment}>{item.comment}</blockquote>}
        {item.warning && <div className={classes.warning}>{item.warning}</div>}
        {followed.map((line) => (
          <div key={line.item.seq} className={classes.followed}>
            <Sentence entry={line.entry} />
            {line.item.warning && <div className={classes.warning}>{line.item.warning}</div>}
          </div>
        ))}
      </div>
    </li>
  );
}

/** A comment on its way to the server, as it will stand there. */
export function PendingComment({ by, text }: { by: Person | undefined; text: string }) {
  const entry: Entry = { icon: 'comment', by, quiet: false, pieces: [{ strong: by?.name ?? 'You' }, ' commented'] };
  return (
    <li className={classes.line} data-icon="comment" data-pending>
      <Mark entry={entry} />
      <div className={classes.body}>
        <div className={classes.text}>
          <Sentence entry={entry} /> <span className={classes.at}>sending…</span>
        </div>
        <blockquote className={classes.comment}>{text}</blockquote>
      </div>
    </li>
  );
}

function Sentence({ entry }: { entry: Entry }) {
  return entry.pieces.map((piece, i) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
    typeof piece === 'string' ? piece : <b key={i}>{piece.strong}</b>,
  );
}

function Mark({ entry }: { entry: Entry }) {
  return (
    <span className={classes.mark} aria-hidden>
      {entry.by ? <Avatar name={entry.by.name} size={24} /> : <span className={classes.dot}>{icons[entry.icon]}</span>}
      {entry.by && <span className={classes.badge}>{icons[entry.icon]}</span>}
    </span>
  );
}
