import { Button, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { outdate, read, useAct } from '@/api/query';
import type { Me, Session } from '@/api/types';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { kitOn, setKit, setShortcuts, shortcutsOn } from '@/lib/prefs';
import { Avatar } from '@/ui/avatar';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { Moment } from '@/ui/time';
import { say } from '@/ui/toast';
import { Absences } from './absences';
import classes from './account-page.module.css';
import { deviceOf } from './device';

/** The reader: who they are here, how the screens look, and where they are signed in. */
export function AccountPage({ onSignOut }: { onSignOut: () => void }) {
  const me = useQuery(read('me.get', {}));
  return (
    <Page
      title="Your account"
      width="narrow"
      actions={
        <Button variant="default" onClick={onSignOut}>
          Sign out
        </Button>
      }
    >
      <div className={classes.cards}>
        <QueryState query={me} what="Your profile" loading={<LoadingRows rows={2} />}>
          {(found) => <Profile me={found} />}
        </QueryState>
        <Absences />
        <Appearance />
        <Sessions />
      </div>
    </Page>
  );
}

function Profile({ me }: { me: Me }) {
  const { user, org } = me;
  const facts: [string, React.ReactNode][] = [
    ['Organization', org.name],
    ['Department', user.department],
    ['Designation', user.designation],
    ['Level', user.level],
    ['Location', user.location],
    ['Manager', user.manager && <PersonChip person={user.manager} />],
    ['Roles', user.roles.join(', ')],
  ];
  return (
    <Card>
      <div className={classes.person}>
        <Avatar name={user.name} size={44} />
        <div className={classes.words}>
          <div className={classes.name}>{user.name}</div>
          <div className={classes.quiet}>{user.email}</div>
        </div>
      </div>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [shortcuts, set] = useState(shortcutsOn);
  const [kit, showKit] = useState(kitOn);
  return (
    <Card title="Appearance and keyboard">
      <div className={classes.setting}>
        <span id="scheme">Colours</span>
        <SegmentedControl
          aria-labelledby="scheme"
          value={colorScheme}
          onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
            { value: 'auto', label: 'As the device' },
          ]}
        />
      </div>
      <div className={classes.setting}>
        <span id="shortcuts">
          Single-key shortcuts
          <span className={classes.quiet}> such as j and k in lists</span>
        </span>
        <Switch
          aria-labelledby="shortcuts"
          checked={shortcuts}
          onChange={(event) => {
            setShortcuts(event.currentTarget.checked);
            set(event.currentTarget.checked);
          }}
        />
      </div>
      <div className={classes.setting}>
        <span id="kit">
          Kit of this product
          <span className={classes.quiet}> for those who build screens{kit && ': '}</span>
          {kit && <Link to="/kit">look at it</Link>}
        </span>
        <Switch
          aria-labelledby="kit"
          checked={kit}
          onChange={(event) => {
            setKit(event.currentTarget.checked);
            showKit(event.currentTarget.checked);
          }}
        />
      </div>
    </Card>
  );
}

function Sessions() {
  const list = useQuery(read('sessions.list', {}));
  return (
    <Card title="Where you are signed in" flush>
      <QueryState
        query={list}
        what="The list of sessions"
        loading={
          <div className={classes.session}>
            <LoadingRows rows={2} />
          </div>
        }
      >
        {({ items }) => (
          <ul className={classes.sessions}>
            {items.map((session) => (
              <One key={session.id} session={session} />
            ))}
          </ul>
        )}
      </QueryState>
    </Card>
  );
}

function One({ session }: { session: Session }) {
  const client = useQueryClient();
  const revoke = useAct('sessions.revoke', {
    onSuccess: () => say('That session has ended.'),
    onError: (error) => say(error.message, 'red'),
    onSettled: () => void outdate(client, 'sessions.list'),
  });
  const device = deviceOf(session.user_agent);
  return (
    <li className={classes.session}>
      <div className={classes.words}>
        <div>
          {device} {session.current && <Pill tone="green">This one</Pill>}
        </div>
        <div className={classes.quiet}>
          {[session.ip, 'last seen '].filter(Boolean).join(' · ')}
          <Moment at={session.last_seen_at} />, signed in <Moment at={session.created_at} />
        </div>
      </div>
      {!session.current && (
        <Button
          size="compact-sm"
          variant="default"
          loading={revoke.isPending}
          aria-label={`End the session on ${device}`}
          onClick={() => revoke.mutate({ session_id: session.id })}
        >
          End
        </Button>
      )}
    </li>
  );
}
