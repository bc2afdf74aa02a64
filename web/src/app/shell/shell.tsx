import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { read } from '@/api/query';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { Navigation } from './navigation';
import classes from './shell.module.css';

/** What surrounds every page: the organization, where to go, and who is signed in. */
export function Shell() {
  const { data: me } = useQuery(read('me.get', {}));
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.side}>
        <Brand org={me?.org.name} />
        <Navigation me={me} />
        <div className={classes.foot}>
          <AccountMenu me={me} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}
