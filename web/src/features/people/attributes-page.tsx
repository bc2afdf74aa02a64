import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api/query';
import { QueryState } from '@/components/query-state';
import { type Column, DataTable } from '@/ui/data-table';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconListDetails, IconPencil, IconPlus } from '@/ui/icons';
import { Page } from '@/ui/page';
import { AttributeDialog, kinds } from './attribute-dialog';
import { PeopleTabs, useRights } from './people-tabs';
import type { Attribute } from './person-values';
import classes from './tables.module.css';

/** What the organization knows about its people beyond what everybody has. */
export function AttributesPage() {
  const list = useQuery(read('attributes.list', {}));
  const may = useRights();
  const defines = may('org.settings');
  const [editing, setEditing] = useState<Attribute | 'new'>();
  return (
    <Page
      title="Attributes"
      width="wide"
      lead="What is known about people beyond name, department and the like. Rules read it, for instance user.leave_balance."
      actions={
        defines && (
          <Button leftSection={<IconPlus size={16} stroke={1.9} aria-hidden />} onClick={() => setEditing('new')}>
            Add an attribute
          </Button>
        )
      }
    >
      <PeopleTabs />
      <QueryState query={list} what="The list of attributes" loading={<LoadingRows rows={4} />}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable
              label="Attributes"
              rows={items}
              rowKey={(attribute) => attribute.key}
              columns={columnsFor(defines, setEditing)}
            />
          ) : (
            <Empty icon={<IconListDetails size={20} stroke={1.7} />} title="No attributes yet">
              A leave balance, a cost centre, a driving licence: what workflows should know about people.
            </Empty>
          )
        }
      </QueryState>
      {editing && (
        <AttributeDialog attribute={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </Page>
  );
}

function columnsFor(defines: boolean, edit: (attribute: Attribute) => void): Column<Attribute>[] {
  const columns: Column<Attribute>[] = [
    { key: 'label', header: 'Attribute', phone: 'title', cell: (a) => <span className={classes.name}>{a.label}</span> },
    { key: 'key', header: 'In rules', phone: 'bare', cell: (a) => <span className={classes.key}>user.{a.key}</span> },
    { key: 'kind', header: 'Holds', phone: 'bare', cell: (a) => kinds[a.kind] },
  ];
  if (!defines) return columns;
  const actions: Column<Attribute> = {
    key: 'actions',
    header: 'Actions',
    width: '1px',
    phone: 'bare',
    cell: (a) => (
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        className={classes.action}
        leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
        aria-label={`Edit ${a.label}`}
        onClick={() => edit(a)}
      >
        Edit
      </Button>
    ),
  };
  return [...columns, actions];
}
