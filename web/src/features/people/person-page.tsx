import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { key, read, useAct } from '@/api/query';
import type { User } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { longDate } from '@/lib/dates';
import { Avatar } from '@/ui/avatar';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import { IconPencil } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { say } from '@/ui/toast';
import { DisableDialog } from './disable-dialog';
import { outdatePeople } from './effects';
import { MoveDialog } from './move-dialog';
import { useRights } from './people-tabs';
import { PersonLink } from './person-link';
import classes from './person-page.module.css';
import type { Attribute } from './person-values';
import { Responsible } from './responsible';

const route = getRouteApi('/in/people/$person');
const back = <BackLink to="/people">People</BackLink>;

/** One person: what is known, what hangs on them, and what can be done. */
export function PersonPage() {
  const { person } = route.useParams();
  const user = useQuery(read('users.get', { user_id: person }));
  return (
    <QueryState
      page
      query={user}
      what="This person"
      loading={
        <Page title="Person" above={back}>
          <LoadingRows rows={6} />
        </Page>
      }
    >
      {(found) => <PersonView user={found} />}
    </QueryState>
  );
}

function PersonView({ user }: { user: User }) {
  const may = useRights();
  return (
    <Page
      title={user.name}
      above={back}
      heading={
        <span className={classes.heading}>
          <Avatar name={user.name} size={40} />
          <span className={classes.name}>{user.name}</span>
          {user.status === 'disabled' && <Pill>Disabled</Pill>}
        </span>
      }
      lead={[user.designation, user.department].filter(Boolean).join(' · ') || undefined}
      actions={<Acts user={user} />}
    >
      <div className={classes.cards}>
        <Profile user={user} />
        <div className={classes.side}>
          <Roles user={user} />
          {may('user.manage') && <Responsible user={user} />}
        </div>
      </div>
    </Page>
  );
}

function Acts({ user }: { user: User }) {
  const client = useQueryClient();
  const may = useRights();
  const [disabling, setDisabling] = useState(false);
  const [moving, setMoving] = useState(false);
  const enable = useAct('users.enable', {
    onSuccess: (now) => {
      client.setQueryData(key('users.get', { user_id: user.id }), now);
      outdatePeople(client);
      say(`${user.name} can sign in again.`);
    },
    onError: (error) => say(error.message, 'red'),
  });
  return (
    <>
      {may('task.reassign_any') && (
        <Button variant="default" onClick={() => setMoving(true)}>
          Hand over tasks
        </Button>
      )}
      {user.can.disable && (
        <Button variant="default" onClick={() => setDisabling(true)}>
          Disable
        </Button>
      )}
      {user.can.enable && (
        <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate({ user_id: user.id })}>
          Enable
        </Button>
      )}
      {user.can.update && (
        <LinkButton
          to="/people/$person/edit"
          params={{ person: user.id }}
          leftSection={<IconPencil size={16} stroke={1.7} aria-hidden />}
        >
          Edit
        </LinkButton>
      )}
      {moving && <MoveDialog user={user} onClose={() => setMoving(false)} />}
      {disabling && <DisableDialog user={user} onClose={() => setDisabling(false)} />}
    </>
  );
}

function Profile({ user }: { user: User }) {
  const attributes = useQuery(read('attributes.list', {})).data?.items ?? [];
  const place = [user.location, user.city, user.state, user.country].filter(Boolean).join(', ');
  const facts: [string, ReactNode][] = [
    ['Email', user.email],
    ['Manager', user.manager && <PersonLink person={user.manager} />],
    ['Department', user.department],
    ['Designation', user.designation],
    ['Level', [user.level, user.level_rank !== undefined && `rank ${user.level_rank}`].filter(Boolean).join(' · ')],
    ['Place', place],
    ...attributes.map((type): [string, ReactNode] => [type.label, shown(type, user.attributes[type.key])]),
  ];
  return (
    <Card title="Profile">
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value || <span className={classes.quiet}>—</span>}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const shown = ({ kind }: Attribute, value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (kind === 'bool') return value ? 'Yes' : 'No';
  return kind === 'date' ? longDate(String(value)) : String(value);
};

function Roles({ user }: { user: User }) {
  const roles = useQuery(read('roles.list', {})).data?.items ?? [];
  const name = (key: string) => roles.find((role) => role.key === key)?.name ?? key;
  return (
    <Card title="Roles">
      {user.roles.length === 0 && <p className={classes.quiet}>None: nothing can be started or decided.</p>}
      <ul className={classes.roles}>
        {user.roles.map((role) => (
          <li key={role}>
            <Pill tone="accent">{name(role)}</Pill>
            {!user.own_roles.includes(role) && <span className={classes.quiet}>by department or designation</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
