import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAct } from '@/api/query';
import type { Department } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { Refusal } from '@/components/query-state';
import { PersonPicker } from '@/components/user-picker';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import classes from './dialogs.module.css';
import { outdatePeople } from './effects';
import { departmentKeyOf } from './rights';

/** Adds a department, or changes what it is called and who leads it. */
export function DepartmentDialog({ department, onClose }: { department?: Department; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(department?.name ?? '');
  const [typedKey, setKey] = useState<string>();
  const [head, setHead] = useState(department?.head?.id);
  const key = typedKey ?? departmentKeyOf(name);
  const done = {
    onSuccess: (now: Department) => {
      outdatePeople(client);
      say(department ? `${now.name} was changed.` : `${now.name} was added.`);
      onClose();
    },
  };
  const create = useAct('departments.create', done);
  const update = useAct('departments.update', done);
  const { error, isPending } = department ? update : create;
  const wrong = (field: string) => error?.fields.find((f) => f.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!department) return create.mutate({ key, name: name.trim(), ...(head && { head_id: head }) });
    update.mutate({
      department_id: department.id,
      revision: department.revision,
      ...(name.trim() !== department.name && { name: name.trim() }),
      ...(head !== department.head?.id && { head_id: head ?? null }),
    });
  };
  return (
    <Dialog title={department ? `Edit ${department.name}` : 'Add a department'} onClose={onClose}>
      <NamedPeople value={department?.head ? [department.head] : []}>
        <form className={classes.form} onSubmit={submit} noValidate>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong('name')}
          />
          {!department && (
            <TextInput
              label="Key"
              description="Stands in rules and never changes."
              required
              value={key}
              onChange={(event) => setKey(event.currentTarget.value)}
              error={wrong('key')}
            />
          )}
          <PersonPicker label="Head" placeholder="Nobody" value={head} onChange={setHead} error={wrong('head_id')} />
          <Refusal error={error?.fields.length ? null : error} />
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isPending} disabled={!name.trim() || !key}>
              {department ? 'Save' : 'Add department'}
            </Button>
          </div>
        </form>
      </NamedPeople>
    </Dialog>
  );
}
