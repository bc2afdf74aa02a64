import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { read } from '@/api/query';
import { UndoHost } from '@/components/undo';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { FindButton } from './find-button';
import { LinkSign } from './link-sign';
import { Navigation } from './navigation';
import { Overlays, useOverlay } from './overlays';
import classes from './shell.module.css';

/** What surrounds every page: the organization, where to go, how to find, and who is signed in. */
export function Shell() {
  const { data: me } = useQuery(read('me.get', {}));
  const overlay = useOverlay();
  const find = () => overlay.open('palette');
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.side}>
        <Brand org={me?.org.name} />
        <FindButton onFind={find} />
        <Navigation me={me} onFind={find} />
        <div className={classes.foot}>
          <AccountMenu me={me} onHelp={() => overlay.open('help')} />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <LinkSign />
      <UndoHost />
      <Overlays overlay={overlay} />
    </div>
  );
}
