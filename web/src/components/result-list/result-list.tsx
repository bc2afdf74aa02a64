import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Dialog } from '@/ui/dialog';
import classes from './result-list.module.css';

type Row = { key: string; run: string; title: string; reason: string | undefined };
type ResultListProps = { title: string; lead: string; rows: Row[]; onClose: () => void };

/** Those of several with which something did not work, each with its reason. */
export function ResultList({ title, lead, rows, onClose }: ResultListProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p className={classes.lead}>{lead}</p>
      <ul className={classes.results}>
        {rows.map(({ key, run, title: about, reason }) => (
          <li key={key}>
            <Link to="/runs/$run" params={{ run }}>
              {/^[0-9a-f-]{36}$/.test(run) ? about : run}
            </Link>
            <span className={classes.title}>{about}</span>
            <span className={classes.reason}>{reason}</span>
          </li>
        ))}
      </ul>
      <div className={classes.close}>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
