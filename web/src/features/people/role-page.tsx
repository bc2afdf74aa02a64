import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read, useAct } from '@/api/query';
import type { Out } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { type Column, DataTable } from '@/ui/data-table';
import { LoadingRows } from '@/ui/feedback';
import { IconCheck, IconPencil, IconPlus, IconX } from '@/ui/icons';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { say } from '@/ui/toast';
import { outdatePeople } from './effects';
import { GrantDialog } from './grant-dialog';
import { useRights } from './people-tabs';
import { PersonLink } from './person-link';
import { groupsOf, type Right } from './rights';
import { RoleDialog } from './role-dialog';
import classes from './role-page.module.css';
import tables from './tables.module.css';

const route = getRouteApi('/in/people/roles/$role');
const back = <BackLink to="/people/roles">Roles</BackLink>;

export type GrantedRole = Out<'roles.get'>;
type Grant = GrantedRole['grants'][number];

/** One role: what it allows, and whom it was given to. */
export function RolePage() {
  const { role } = route.useParams();
  const found = useQuery(read('roles.get', { role_id: role }));
  const rights = useQuery(read('roles.list', {})).data?.rights;
  return (
    <QueryState
      page
      query={found}
      what="This role"
      loading={
        <Page title="Role" above={back}>
          <LoadingRows rows={6} />
        </Page>
      }
    >
      {(granted) => <RoleView role={granted} rights={rights ?? []} />}
    </QueryState>
  );
}

function RoleView({ role, rights }: { role: GrantedRole; rights: Right[] }) {
  const [dialog, setDialog] = useState<'edit' | 'grant'>();
  const close = () => setDialog(undefined);
  return (
    <Page
      title={role.name}
      above={back}
      heading={
        <span className={classes.heading}>
          {role.name} {role.system && <Pill>Built in</Pill>}
        </span>
      }
      lead={role.description || undefined}
      actions={
        <>
          {role.can.update && (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} stroke={1.7} aria-hidden />}
              onClick={() => setDialog('edit')}
            >
              Edit
            </Button>
          )}
          {role.can.grant && (
            <Button leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />} onClick={() => setDialog('grant')}>
              Give this role
            </Button>
          )}
        </>
      }
    >
      <div className={classes.cards}>
        <Card title="Given to" flush>
          <Grants role={role} />
        </Card>
        <Card title="Allows to">
          <Allows role={role} rights={rights} />
        </Card>
      </div>
      {dialog === 'edit' && <RoleDialog role={role} rights={rights} onClose={close} />}
      {dialog === 'grant' && <GrantDialog role={role} onClose={close} />}
    </Page>
  );
}

function Allows({ role, rights }: { role: GrantedRole; rights: Right[] }) {
  const groups = groupsOf(rights.filter((right) => role.permissions.includes(right.permission)));
  return (
    <>
      {groups.length === 0 && <p className={classes.quiet}>Nothing by itself: a word for rules and workflows.</p>}
      {groups.map((group) => (
        <div key={group.title} className={classes.group}>
          <h3 className={classes.groupTitle}>{group.title}</h3>
          <ul className={classes.allows}>
            {group.rights.map((right) => (
              <li key={right.permission}>
                <IconCheck size={15} stroke={2.2} className={classes.yes} aria-hidden /> {right.meaning}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className={classes.quiet}>
        Rules and workflows name this role as <code className={tables.key}>{role.key}</code>.
        {!role.can.permissions && ' It keeps all rights, so that somebody can always manage the organization.'}
      </p>
    </>
  );
}

function Grants({ role }: { role: GrantedRole }) {
  const client = useQueryClient();
  const may = useRights();
  const revoke = useAct('roles.revoke', {
    onSuccess: () => {
      outdatePeople(client);
      say(`${role.name} was taken away.`);
    },
    onError: (error) => say(error.message, 'red'),
  });
  const take = (grant: Grant) => revoke.mutate({ role_id: role.id, ...subject(grant) });
  const rest = role.given - role.grants.length;
  if (role.given === 0) return <p className={classes.none}>Nobody has it yet.</p>;
  return (
    <div className={classes.table}>
      <DataTable
        label={`Who has the role ${role.name}`}
        rows={role.grants}
        rowKey={(grant) => JSON.stringify(subject(grant))}
        columns={columnsFor(role, may('user.manage'), take)}
      />
      {rest > 0 && (
        <p className={classes.none}>
          and {rest} more people. {may('user.manage') && <Everybody role={role} />}
        </p>
      )}
    </div>
  );
}

const Everybody = ({ role }: { role: GrantedRole }) => (
  <Link to="/people" search={{ role: role.key }}>
    Everybody who has it
  </Link>
);

const subject = ({ user, department, designation }: Grant) =>
  user ? { user_id: user.id } : department ? { department_id: department.id } : { designation };
const nameOf = ({ user, department, designation }: Grant) => user?.name ?? department?.name ?? designation ?? '';

function columnsFor(role: GrantedRole, opens: boolean, take: (grant: Grant) => void): Column<Grant>[] {
  return [
    {
      key: 'who',
      header: 'Who',
      phone: 'title',
      cell: (grant) =>
        grant.user && opens ? <PersonLink person={grant.user} /> : <span className={tables.name}>{nameOf(grant)}</span>,
    },
    {
      key: 'how',
      header: 'How',
      phone: 'bare',
      cell: (grant) => (
        <span className={tables.quiet}>
          {grant.user
            ? 'Person'
            : `Everybody ${grant.department ? 'in this department' : 'with this designation'} (${grant.members})`}
        </span>
      ),
    },
    {
      key: 'actions',
      header: 'Actions',
      width: '1px',
      phone: 'bare',
      cell: (grant) =>
        role.can.grant && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            className={tables.action}
            leftSection={<IconX size={15} stroke={1.7} aria-hidden />}
            aria-label={`Take ${role.name} from ${nameOf(grant)}`}
            onClick={() => take(grant)}
          >
            Take away
          </Button>
        ),
    },
  ];
}
