import type { ReactNode } from 'react';
import type { HistoryItem } from '@/api/types';
import { Avatar } from '@/ui/avatar';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconMessage,
  IconPencil,
  IconPlayerPlay,
  IconUserPlus,
  IconX,
} from '@/ui/icons';
import { Moment } from '@/ui/time';
import classes from './run-timeline.module.css';
import { type Entry, entriesOf } from './words';

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
  warning: <IconAlertTriangle size={12} />,
};

/** What happened, oldest first, in people's words, with the reasons and comments where they were given. */
export function RunTimeline({ items }: { items: HistoryItem[] }) {
  return (
    <ol className={classes.list}>
      {entriesOf(items).map(({ item, entry }) => (
        <Line key={item.seq} item={item} entry={entry} />
      ))}
    </ol>
  );
}

function Line({ item, entry }: { item: HistoryItem; entry: Entry }) {
  return (
    <li className={classes.line} data-quiet={entry.quiet || undefined} data-icon={entry.icon}>
      <span className={classes.mark} aria-hidden>
        {entry.by ? (
          <Avatar name={entry.by.name} size={24} />
        ) : (
          <span className={classes.dot}>{icons[entry.icon]}</span>
        )}
        {entry.by && <span className={classes.badge}>{icons[entry.icon]}</span>}
      </span>
      <div className={classes.body}>
        <div className={classes.text}>
          {entry.pieces.map((piece, i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
            typeof piece === 'string' ? piece : <b key={i}>{piece.strong}</b>,
          )}{' '}
          <span className={classes.at}>
            <Moment at={item.at} />
          </span>
        </div>
        {item.comment && <blockquote className={classes.comment}>{item.comment}</blockquote>}
        {item.warning && <div className={classes.warning}>{item.warning}</div>}
      </div>
    </li>
  );
}
