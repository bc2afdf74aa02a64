import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { read } from '@/api/query';
import { QueryState } from '@/components/query-state';
import { LoadingRows } from '@/ui/feedback';
import { IconCheck, IconPlus } from '@/ui/icons';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { PeopleTabs, useRights } from './people-tabs';
import type { Role } from './person-values';
import { groupsOf, type Right } from './rights';
import { RoleDialog } from './role-dialog';
import classes from './roles-page.module.css';

/** Which role allows what, in words. */
export function RolesPage() {
  const list = useQuery(read('roles.list', {}));
  const may = useRights();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title="Roles"
      width="wide"
      lead="A role is given to a person, a department or a designation. Taking part in a request allows the rest: who holds a task decides it."
      actions={
        may('role.manage') && (
          <Button leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />} onClick={() => setAdding(true)}>
            Add a role
          </Button>
        )
      }
    >
      <PeopleTabs />
      <QueryState query={list} what="The list of roles" loading={<LoadingRows rows={10} />}>
        {({ items, rights }) => (
          <>
            <Matrix roles={items} rights={rights} />
            <Cards roles={items} rights={rights} />
            {adding && <RoleDialog rights={rights} onClose={() => setAdding(false)} />}
          </>
        )}
      </QueryState>
    </Page>
  );
}

type MatrixProps = { roles: Role[]; rights: Right[] };

const people = (n: number) => (n === 1 ? '1 person' : `${n} people`);

function RoleName({ role }: { role: Role }) {
  if (!role.can.grant) return <span className={classes.role}>{role.name}</span>;
  return (
    <Link to="/people/roles/$role" params={{ role: role.id }} className={classes.role}>
      {role.name}
    </Link>
  );
}

/** What each role allows, side by side. It scrolls by itself when there are many roles. */
function Matrix({ roles, rights }: MatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroll} aria-label="Roles and what they allow" tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              Allows to
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col" title={role.description}>
                <RoleName role={role} />
                <span className={classes.about}>{people(role.members)}</span>
                {role.system && <span className={classes.about}>built in</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groupsOf(rights).map((group) => (
            <Fragment key={group.title}>
              <tr className={classes.group}>
                <th scope="colgroup" colSpan={roles.length + 1}>
                  <span>{group.title}</span>
                </th>
              </tr>
              {group.rights.map((right) => (
                <tr key={right.permission}>
                  <th scope="row">
                    <span className={classes.meaning}>{right.meaning}</span>
                    <span className={classes.permission}>{right.permission}</span>
                  </th>
                  {roles.map((role) => (
                    <td key={role.id}>
                      <Allowed yes={role.permissions.includes(right.permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Allowed({ yes }: { yes: boolean }) {
  return (
    <>
      {yes ? (
        <IconCheck size={17} stroke={2.2} className={classes.yes} aria-hidden />
      ) : (
        <span className={classes.no} aria-hidden>
          –
        </span>
      )}
      <span className="hs-visually-hidden">{yes ? 'Yes' : 'No'}</span>
    </>
  );
}

/** On a phone: role by role, what it allows in words. */
function Cards({ roles, rights }: MatrixProps) {
  return (
    <ul className={classes.cards}>
      {roles.map((role) => {
        const allows = rights.filter((right) => role.permissions.includes(right.permission));
        return (
          <li key={role.id} className={classes.card}>
            <div className={classes.cardHead}>
              <RoleName role={role} />
              {role.system && <Pill>Built in</Pill>}
              <span className={classes.about}>{people(role.members)}</span>
            </div>
            {role.description && <p className={classes.about}>{role.description}</p>}
            {allows.length > 0 ? (
              <ul className={classes.allows}>
                {allows.map((right) => (
                  <li key={right.permission}>
                    <IconCheck size={15} stroke={2.2} className={classes.yes} aria-hidden /> {right.meaning}
                  </li>
                ))}
              </ul>
            ) : (
              <p className={classes.about}>Allows nothing by itself: a word for rules and workflows.</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
