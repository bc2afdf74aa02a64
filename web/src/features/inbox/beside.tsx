import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { actKeys } from '@/ui/act-keys';
import { IconMaximize } from '@/ui/icons';
import { Key } from '@/ui/kbd';
import { Pane } from '@/ui/page';
import classes from './inbox-page.module.css';

type BesideProps = {
  /** The line that is open. */
  line: string | undefined;
  /** Whether single keys act on it. */
  keys: boolean;
  /** Whether what stands here waits for the reader. */
  decides: boolean;
  children: (run: string) => ReactNode;
};

/** The request that was chosen in the list. */
export function Beside({ line, keys, decides, children }: BesideProps) {
  const run = line?.replace(/~\d+$/, '');
  return (
    <section className={classes.beside} aria-label="The selected request">
      {run && (
        <>
          <div className={classes.head}>
            <p className={classes.keys}>
              {keys && (
                <>
                  <Key>j</Key> <Key>k</Key> up, down
                  {decides && (
                    <>
                      {' '}
                      · <Key>{actKeys.approve}</Key> approve · <Key>{actKeys.reject}</Key> reject ·{' '}
                      <Key>{actKeys.sendBack}</Key> send back · <Key>x</Key> select
                    </>
                  )}
                </>
              )}
            </p>
            <Link to="/runs/$run" params={{ run }} className={classes.whole}>
              <IconMaximize size={15} stroke={1.8} aria-hidden /> Open page <Key>Enter</Key>
            </Link>
          </div>
          <div className={classes.request}>
            <Pane>{children(run)}</Pane>
          </div>
        </>
      )}
    </section>
  );
}
