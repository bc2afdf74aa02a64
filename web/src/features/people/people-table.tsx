import { Link } from '@tanstack/react-router';
import type { User } from '@/api/types';
import { PersonChip } from '@/components/person';
import { Avatar } from '@/ui/avatar';
import { type Column, DataTable } from '@/ui/data-table';
import { Pill } from '@/ui/pill';
import classes from './people-page.module.css';

/** People in a list; each name leads to the person. */
export const PeopleTable = ({ rows }: { rows: User[] }) => (
  <DataTable label="People" columns={columns} rows={rows} rowKey={(user) => user.id} />
);

const columns: Column<User>[] = [
  {
    key: 'name',
    header: 'Name',
    phone: 'title',
    cell: (user) => (
      <span className={classes.person}>
        <Avatar name={user.name} size={30} />
        <span className={classes.words}>
          <span className={classes.line}>
            <Link to="/people/$person" params={{ person: user.id }} className={classes.name}>
              {user.name}
            </Link>
            {user.status === 'disabled' && <Pill>Disabled</Pill>}
          </span>
          <span className={classes.email}>{user.email}</span>
        </span>
      </span>
    ),
  },
  { key: 'designation', header: 'Designation', phone: 'bare', cell: (user) => <Text>{user.designation}</Text> },
  { key: 'department', header: 'Department', phone: 'bare', cell: (user) => <Text>{user.department}</Text> },
  { key: 'location', header: 'Location', phone: 'bare', cell: (user) => <Text>{user.location ?? user.city}</Text> },
  {
    key: 'manager',
    header: 'Manager',
    phone: 'hidden',
    width: '190px',
    cell: (user) => (user.manager ? <PersonChip person={user.manager} /> : <span className={classes.quiet}>—</span>),
  },
];

const Text = ({ children }: { children: string | undefined }) =>
  children ? <span className={classes.text}>{children}</span> : null;
