import { Link } from '@tanstack/react-router';
import classes from './shell.module.css';

/** The mark and the organization. */
export function Brand({ org }: { org: string | undefined }) {
  return (
    <Link to="/" className={classes.brand} aria-label={org ? `Handstamp, ${org}: workflows` : 'Handstamp: workflows'}>
      <img src="/mark.svg" alt="" width={26} height={26} />
      <span className={classes.org}>{org ?? 'Handstamp'}</span>
    </Link>
  );
}
