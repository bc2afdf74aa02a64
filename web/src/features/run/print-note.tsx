import { useQuery } from '@tanstack/react-query';
import { read } from '@/api/query';
import { longDateTime } from '@/lib/dates';
import { usePrinting } from '@/ui/printing';
import classes from './run-page.module.css';

/** At the foot of the paper: from where, by whom and when it was printed. */
export function PrintNote() {
  const printing = usePrinting();
  const { data: me } = useQuery(read('me.get', {}));
  if (!printing) return null;
  return (
    <p className={classes.printed}>
      Printed {me && `by ${me.user.name}, `}
      {longDateTime(new Date().toISOString())}, from {location.origin}
      {location.pathname}
    </p>
  );
}
