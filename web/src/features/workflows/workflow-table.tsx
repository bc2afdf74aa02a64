import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { WorkflowGroup, WorkflowSummary } from '@/api/types';
import { WorkflowIcon } from '@/components/workflow-icon';
import { type Column, DataTable } from '@/ui/data-table';
import { IconCopy, IconEye, IconForms, IconHistory, IconPencil, IconSettings } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Pill } from '@/ui/pill';
import { Star } from './star';
import classes from './workflow-table.module.css';

const CloneDialog = lazy(() => import('./clone-dialog').then((m) => ({ default: m.CloneDialog })));
const states: Record<string, string> = { draft: 'Draft', unpublished: 'Unpublished' };

type WorkflowTableProps = {
  rows: WorkflowSummary[];
  groups: WorkflowGroup[] | undefined;
  onKeep: (workflow: WorkflowSummary) => void;
};

/** Workflows with what the reader may do with each; what is not possible is not there. */
export function WorkflowTable({ rows, groups = [], onKeep }: WorkflowTableProps) {
  const [cloning, setCloning] = useState<WorkflowSummary>();
  const columns: Column<WorkflowSummary>[] = [
    { key: 'name', header: 'Workflow', phone: 'title', cell: (w) => <Name workflow={w} onKeep={onKeep} /> },
    {
      key: 'group',
      header: 'Group',
      width: '170px',
      phone: 'bare',
      cell: (w) => groups.find((g) => g.key === w.group)?.name ?? w.group,
    },
    {
      key: 'actions',
      header: 'Actions',
      width: '1px',
      phone: 'bare',
      cell: (w) => <Actions workflow={w} onClone={() => setCloning(w)} />,
    },
  ];
  return (
    <>
      <DataTable label="Workflows" columns={columns} rows={rows} rowKey={(w) => w.id} />
      <Suspense>{cloning && <CloneDialog workflow={cloning} onClose={() => setCloning(undefined)} />}</Suspense>
    </>
  );
}

function Name({ workflow, onKeep }: { workflow: WorkflowSummary } & Pick<WorkflowTableProps, 'onKeep'>) {
  const params = { workflow: workflow.key };
  const state = states[workflow.status];
  return (
    <span className={classes.name}>
      <Star workflow={workflow} onToggle={onKeep} />
      <WorkflowIcon workflow={workflow} />
      <span className={classes.words}>
        <span className={classes.line}>
          {workflow.can.start ? (
            <Link to="/workflows/$workflow/start" params={params} className={classes.link}>
              {workflow.name}
            </Link>
          ) : (
            <Link to="/workflows/$workflow" params={params} className={classes.link}>
              {workflow.name}
            </Link>
          )}
          {state && <Pill>{state}</Pill>}
          {workflow.draft && workflow.status === 'published' && <Pill>Changed draft</Pill>}
        </span>
        {workflow.description && <span className={classes.about}>{workflow.description}</span>}
      </span>
    </span>
  );
}

function Actions({ workflow, onClone }: { workflow: WorkflowSummary; onClone: () => void }) {
  const params = { workflow: workflow.key };
  const { can, name } = workflow;
  const button = { size: 'compact-sm', variant: 'subtle', color: 'gray', className: classes.action } as const;
  return (
    <span className={classes.actions}>
      {can.view && (
        <LinkButton
          {...button}
          to="/workflows/$workflow"
          params={params}
          leftSection={<IconEye size={15} stroke={1.7} aria-hidden />}
          aria-label={`View ${name}`}
        >
          View
        </LinkButton>
      )}
      {can.edit && (
        <LinkButton
          {...button}
          to="/workflows/$workflow/edit"
          params={params}
          leftSection={<IconPencil size={15} stroke={1.7} aria-hidden />}
          aria-label={`Edit ${name}`}
        >
          Edit
        </LinkButton>
      )}
      {can.clone && (
        <Button
          {...button}
          leftSection={<IconCopy size={15} stroke={1.7} aria-hidden />}
          aria-label={`Clone ${name}`}
          onClick={onClone}
        >
          Clone
        </Button>
      )}
      {can.edit && (
        <LinkButton
          {...button}
          to="/workflows/$workflow/edit/settings"
          params={params}
          leftSection={<IconSettings size={15} stroke={1.7} aria-hidden />}
          aria-label={`Preferences of ${name}`}
        >
          Preferences
        </LinkButton>
      )}
      {can.edit && (
        <LinkButton
          {...button}
          to="/workflows/$workflow/edit/form"
          params={params}
          leftSection={<IconForms size={15} stroke={1.7} aria-hidden />}
          aria-label={`Form of ${name}`}
        >
          Form
        </LinkButton>
      )}
      {can.runs && (
        <LinkButton
          {...button}
          to="/workflows/$workflow/runs"
          params={params}
          leftSection={<IconHistory size={15} stroke={1.7} aria-hidden />}
          aria-label={`Runs of ${name}`}
        >
          Runs
        </LinkButton>
      )}
    </span>
  );
}
