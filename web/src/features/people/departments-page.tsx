import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '@/api/query';
import type { Department } from '@/api/types';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { type Column, DataTable } from '@/ui/data-table';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconPencil, IconPlus, IconUsers } from '@/ui/icons';
import { Page } from '@/ui/page';
import { DepartmentDialog } from './department-dialog';
import { PeopleTabs, useRights } from './people-tabs';
import { PersonLink } from './person-link';
import classes from './tables.module.css';

/** The departments, who leads each, and how many are in it. */
export function DepartmentsPage() {
  const list = useQuery(read('departments.list', {}));
  const may = useRights();
  const [editing, setEditing] = useState<Department | 'new'>();
  const add = may('department.manage') && (
    <Button leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />} onClick={() => setEditing('new')}>
      Add a department
    </Button>
  );
  return (
    <Page title="Departments" width="wide" actions={add}>
      <PeopleTabs />
      <QueryState query={list} what="The list of departments" loading={<LoadingRows rows={6} />}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable
              label="Departments"
              rows={items}
              rowKey={(department) => department.id}
              columns={columnsFor(may('user.manage'), setEditing)}
            />
          ) : (
            <Empty icon={<IconUsers size={20} stroke={1.7} />} title="No departments yet">
              Rules name a department by its key, and its head can be asked to sign.
            </Empty>
          )
        }
      </QueryState>
      {editing && (
        <DepartmentDialog department={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}

const people = (n: number) => (n === 1 ? '1 person' : `${n} people`);

function columnsFor(opens: boolean, edit: (department: Department) => void): Column<Department>[] {
  return [
    {
      key: 'name',
      header: 'Department',
      phone: 'title',
      cell: (d) => (
        <span className={classes.named}>
          <span className={classes.name}>{d.name}</span>
          <span className={classes.key}>{d.key}</span>
        </span>
      ),
    },
    { key: 'head', header: 'Head', phone: 'bare', cell: (d) => <Head department={d} opens={opens} /> },
    {
      key: 'members',
      header: 'People',
      phone: 'bare',
      width: '140px',
      cell: (d) =>
        opens && d.members > 0 ? (
          <Link to="/people" search={{ department: d.key }}>
            {people(d.members)}
          </Link>
        ) : (
          people(d.members)
        ),
    },
    {
      key: 'actions',
      header: 'Actions',
      phone: 'bare',
      width: '1px',
      cell: (d) =>
        d.can.update && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            className={classes.action}
            leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
            aria-label={`Edit ${d.name}`}
            onClick={() => edit(d)}
          >
            Edit
          </Button>
        ),
    },
  ];
}

function Head({ department: { head }, opens }: { department: Department; opens: boolean }) {
  if (!head) return <span className={classes.quiet}>No head</span>;
  return opens ? <PersonLink person={head} /> : <PersonChip person={head} />;
}
