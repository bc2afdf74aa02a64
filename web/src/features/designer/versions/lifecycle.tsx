import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '@/api/client';
import { asApiError } from '@/api/errors';
import { outdate, useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import versions from './versions.module.css';

/** What is done with the workflow as a whole: taken out of use, deleted, carried elsewhere. */
export function Lifecycle() {
  const { workflow } = useEditor();
  const [asked, setAsked] = useState<'unpublish' | 'delete'>();
  return (
    <div className={versions.lifecycle}>
      <Export format="yaml" />
      <Export format="json" />
      {workflow.can.unpublish && (
        <Button size="compact-md" variant="default" onClick={() => setAsked('unpublish')}>
          Unpublish
        </Button>
      )}
      {workflow.can.delete && (
        <Button size="compact-md" variant="default" onClick={() => setAsked('delete')}>
          Delete
        </Button>
      )}
      {asked === 'unpublish' && <Unpublish onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && <Delete onClose={() => setAsked(undefined)} />}
    </div>
  );
}

function Export({ format }: { format: 'yaml' | 'json' }) {
  const { workflow, saving } = useEditor();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await saving.flush();
      const file = await call('workflows.export', { workflow: workflow.id, format });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([file.content], { type: 'application/octet-stream' }));
      link.download = file.filename;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      say(asApiError(error).message, 'red');
    }
    setBusy(false);
  };
  return (
    <Button size="compact-md" variant="default" loading={busy} onClick={() => void save()}>
      Export as {format.toUpperCase()}
    </Button>
  );
}

function Unpublish({ onClose }: { onClose: () => void }) {
  const { workflow } = useEditor();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct('workflows.unpublish', {
    onSuccess: () => {
      void outdate(client, 'workflows.get', 'workflows.list', 'drafts.get');
      say(`${workflow.name} cannot be started any more.`);
      onClose();
      void navigate({ to: '/workflows/$workflow', params: { workflow: workflow.key } });
    },
  });
  return (
    <Dialog title={`Unpublish ${workflow.name}?`} onClose={onClose}>
      <div className={classes.dialog}>
        <p>Nobody can start it until it is published again. Requests under way go on.</p>
        <Refusal error={act.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button data-autofocus loading={act.isPending} onClick={() => act.mutate({ workflow: workflow.id })}>
            Unpublish
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Delete({ onClose }: { onClose: () => void }) {
  const { workflow } = useEditor();
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = useAct('workflows.delete', {
    onSuccess: () => {
      void outdate(client, 'workflows.list');
      say(`${workflow.name} was deleted.`);
      onClose();
      void navigate({ to: '/' });
    },
  });
  return (
    <Dialog title={`Delete ${workflow.name}?`} onClose={onClose}>
      <div className={classes.dialog}>
        <p>It disappears from every list. Its requests finish and stay readable.</p>
        <Refusal error={act.error} />
        <div className={classes.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={act.isPending} onClick={() => act.mutate({ workflow: workflow.id })}>
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
