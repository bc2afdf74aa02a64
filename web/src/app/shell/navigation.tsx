import { Link } from '@tanstack/react-router';
import type { Me } from '@/api/types';
import { IconInbox, IconListDetails, IconSearch, IconUserCircle, IconUsers } from '@/ui/icons';
import { Count } from '@/ui/pill';
import classes from './shell.module.css';

/** Where to go. What the reader may not do is not there. */
export function Navigation({ me, onFind }: { me: Me | undefined; onFind: () => void }) {
  const managesPeople = me?.permissions.includes('user.manage') ?? false;
  const icon = { size: 18, stroke: 1.7, 'aria-hidden': true } as const;
  return (
    <nav className={classes.nav} aria-label="Main">
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        <IconListDetails {...icon} />
        <span className={classes.word}>Workflows</span>
      </Link>
      <Link to="/inbox" activeOptions={{ includeSearch: false }}>
        <IconInbox {...icon} />
        <span className={classes.word}>Inbox</span>
        {me && me.counts.open_tasks > 0 && (
          <>
            <Count value={me.counts.open_tasks} />
            <span className="hs-visually-hidden">open tasks</span>
          </>
        )}
      </Link>
      <button type="button" className={classes.phoneOnly} onClick={onFind}>
        <IconSearch {...icon} />
        <span className={classes.word}>Find</span>
      </button>
      {managesPeople && (
        <Link to="/people" activeOptions={{ includeSearch: false }}>
          <IconUsers {...icon} />
          <span className={classes.word}>People</span>
        </Link>
      )}
      <Link to="/account" className={classes.phoneOnly}>
        <IconUserCircle {...icon} />
        <span className={classes.word}>You</span>
      </Link>
    </nav>
  );
}
