import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import classes from './dialogs.module.css';
import { outdatePeople } from './effects';
import type { Role } from './person-values';
import { groupsOf, type Right, roleKeyOf } from './rights';

type RoleDialogProps = { role?: Role; rights: Right[]; onClose: () => void };

/** Adds a role, or changes what it is called and allows. */
export function RoleDialog({ role, rights, onClose }: RoleDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(role?.name ?? '');
  const [typedKey, setKey] = useState<string>();
  const [description, setDescription] = useState(role?.description ?? '');
  const [permissions, setPermissions] = useState(role?.permissions ?? []);
  const key = typedKey ?? roleKeyOf(name);
  const done = {
    onSuccess: (now: Role) => {
      outdatePeople(client);
      say(role ? `${now.name} was changed.` : `${now.name} was added. Give it to somebody next.`);
      onClose();
    },
  };
  const create = useAct('roles.create', done);
  const update = useAct('roles.update', done);
  const { error, isPending } = role ? update : create;
  const wrong = (field: string) => error?.fields.find((f) => f.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = { name: name.trim(), description: description.trim() };
    if (!role) return create.mutate({ key, ...said, permissions });
    update.mutate({ role_id: role.id, revision: role.revision, ...said, ...(role.can.permissions && { permissions }) });
  };
  return (
    <Dialog title={role ? `Edit ${role.name}` : 'Add a role'} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label="Name"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong('name')}
        />
        {!role && (
          <TextInput
            label="Key"
            description="Small letters, digits and _. Stands in rules and never changes."
            required
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={wrong('key')}
          />
        )}
        <Textarea
          label="What it is for"
          autosize
          minRows={2}
          maxRows={6}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={wrong('description')}
        />
        {(!role || role.can.permissions) && (
          <RightsChoice rights={rights} chosen={permissions} onChange={setPermissions} />
        )}
        <Refusal error={error?.fields.some((f) => f.field !== 'permissions') ? null : error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={!name.trim() || !key}>
            {role ? 'Save' : 'Add role'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type RightsChoiceProps = { rights: Right[]; chosen: string[]; onChange: (permissions: string[]) => void };

function RightsChoice({ rights, chosen, onChange }: RightsChoiceProps) {
  const toggle = (permission: string, on: boolean) =>
    onChange(on ? [...chosen, permission] : chosen.filter((one) => one !== permission));
  return (
    <fieldset className={classes.rights}>
      <legend>Allows to</legend>
      {groupsOf(rights).map((group) => (
        <div key={group.title} className={classes.group}>
          <span className={classes.groupTitle}>{group.title}</span>
          {group.rights.map((right) => (
            <Checkbox
              key={right.permission}
              label={right.meaning}
              checked={chosen.includes(right.permission)}
              onChange={(event) => toggle(right.permission, event.currentTarget.checked)}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}
