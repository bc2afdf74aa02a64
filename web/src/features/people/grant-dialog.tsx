import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { read, useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { PersonPicker } from '@/components/user-picker';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import { DesignationInput } from './designation-input';
import classes from './dialogs.module.css';
import { outdatePeople } from './effects';
import type { Role } from './person-values';

type Kind = 'person' | 'department' | 'designation';

/** Gives a role to a person, or to everybody in a department or with a designation. */
export function GrantDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>('person');
  const [person, setPerson] = useState<string>();
  const [department, setDepartment] = useState('');
  const [designation, setDesignation] = useState('');
  const departments = useQuery(read('departments.list', {})).data?.items ?? [];
  const grant = useAct('roles.grant', {
    onSuccess: () => {
      outdatePeople(client);
      say(`${role.name} was given.`);
      onClose();
    },
  });
  const wrong = (field: string) => grant.error?.fields.find((f) => f.field === field)?.message;
  const subject = {
    person: person && { user_id: person },
    department: department && { department_id: department },
    designation: designation.trim() && { designation: designation.trim() },
  }[kind];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (subject) grant.mutate({ role_id: role.id, ...subject });
  };
  return (
    <Dialog title={`Give the role ${role.name}`} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <SegmentedControl
          aria-label="To"
          fullWidth
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={[
            { value: 'person', label: 'A person' },
            { value: 'department', label: 'A department' },
            { value: 'designation', label: 'A designation' },
          ]}
        />
        {kind === 'person' && (
          <PersonPicker
            label="Person"
            first
            placeholder="Choose a person"
            value={person}
            onChange={setPerson}
            error={wrong('user_id')}
          />
        )}
        {kind === 'department' && (
          <NativeSelect
            label="Everybody in the department"
            data={[
              { value: '', label: 'Choose a department' },
              ...departments.map((d) => ({ value: d.id, label: d.name })),
            ]}
            value={department}
            onChange={(event) => setDepartment(event.currentTarget.value)}
            error={wrong('department_id')}
          />
        )}
        {kind === 'designation' && (
          <DesignationInput
            label="Everybody with the designation"
            value={designation}
            onChange={setDesignation}
            error={wrong('designation')}
          />
        )}
        <Refusal error={grant.error?.fields.length ? null : grant.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={grant.isPending} disabled={!subject}>
            Give
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
