import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { PersonPicker } from '@/components/user-picker';
import { say } from '@/ui/toast';
import { useOvertaken } from './steady';

/** Lets somebody else see the request. */
export function AddPersonDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const client = useQueryClient();
  const [person, setPerson] = useState<string>();
  const [tried, setTried] = useState(false);
  const add = useAct('stakeholders.add', {
    onSuccess: (after, { user_id }) => {
      applyRun(client, after);
      const added = after.stakeholders.find((each) => each.person.id === user_id);
      say(`${added?.person.name ?? 'Your colleague'} can see this request now.`);
      onClose();
    },
    onError: () => void outdate(client, 'runs.get', 'runs.history'),
  });
  const still = (latest: Run) => latest.can.add_stakeholder;
  const overtaken = useOvertaken({ run, still, pending: add.isPending, onClose });
  return (
    <ActDialog
      title="Add somebody"
      intro="Who is added sees the request, may comment on it and add others, and decides nothing."
      submit="Add"
      comment="optional"
      commentLabel="What for"
      commentHelp="Everybody who sees the request reads it."
      pending={add.isPending}
      error={add.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment }) => {
        setTried(true);
        if (person) add.mutate({ run_id: run.id, user_id: person, comment });
      }}
    >
      <PersonPicker
        label="Whom"
        required
        first
        value={person}
        onChange={setPerson}
        error={tried && !person ? 'Choose a person.' : undefined}
      />
    </ActDialog>
  );
}
