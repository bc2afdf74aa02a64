import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { outdate, useAct } from '@/api/query';
import type { WorkflowSummary } from '@/api/types';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import classes from './clone-dialog.module.css';

/** A key as it must be: capital letters, digits and underscores. */
export const keyOf = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40);

/** Makes a draft of one's own from a workflow. */
export function CloneDialog({ workflow, onClose }: { workflow: WorkflowSummary; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(`${workflow.name} (copy)`);
  const [key, setKey] = useState(`${workflow.key}_COPY`);
  const clone = useAct('workflows.clone', {
    onSuccess: (made) => {
      void outdate(client, 'workflows.list');
      say(`${made.name} was made as a draft.`);
      onClose();
      void navigate({ to: '/workflows/$workflow/edit/settings', params: { workflow: made.key } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    clone.mutate({ workflow: workflow.id, key, name: name.trim() });
  };
  const wrong = (field: string) => clone.error?.fields.find((f) => f.field === field)?.message;
  return (
    <Dialog title={`Clone ${workflow.name}`} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label="Name"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong('name')}
        />
        <TextInput
          label="Key"
          description="Capital letters, digits and _. Requests are numbered with it."
          required
          value={key}
          onChange={(event) =>
            setKey(keyOf(event.currentTarget.value) + (/[_\s]$/.test(event.currentTarget.value) ? '_' : ''))
          }
          error={wrong('key')}
        />
        <Refusal error={clone.error?.fields.length ? null : clone.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={clone.isPending} disabled={!name.trim() || !key}>
            Make a draft
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
