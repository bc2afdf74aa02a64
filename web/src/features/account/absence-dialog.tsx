import { Button, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { outdate, read, useAct } from '@/api/query';
import type { Absence } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { Refusal } from '@/components/query-state';
import { PersonPicker } from '@/components/user-picker';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import { bodyOf, draftOf, emptyRow, type Row } from './absence';
import classes from './absences.module.css';

/** Says when the reader is away and who decides meanwhile: the first whom a request fits. */
export function AbsenceDialog({ absence, onClose }: { absence: Absence | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(absence));
  const save = useAct('absences.save', {
    onSuccess: () => {
      void outdate(client, 'absences.list');
      say('Saved. Your tasks follow within seconds of its beginning.');
      onClose();
    },
  });
  const wrong = (field: string) => save.error?.fields.find((f) => f.field === field)?.message;
  const change = (id: number, part: Partial<Row>) =>
    setDraft({ ...draft, rows: draft.rows.map((row) => (row.id === id ? { ...row, ...part } : row)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(bodyOf(draft, absence));
  };
  // The server counts the people that were sent; rows without one were not.
  const sent = draft.rows.filter((row) => row.to).map((row) => row.id);
  const early = draft.last < draft.first;
  return (
    <Dialog title={absence ? 'Change the absence' : 'Add an absence'} onClose={onClose}>
      <NamedPeople value={absence?.stand_ins.map((one) => one.person) ?? []}>
        <form className={classes.form} onSubmit={submit} noValidate>
          <div className={classes.dates}>
            <TextInput
              type="date"
              label="First day away"
              required
              data-autofocus
              value={draft.first}
              onChange={(event) => setDraft({ ...draft, first: event.currentTarget.value })}
              error={wrong('from')}
            />
            <TextInput
              type="date"
              label="Last day away"
              required
              value={draft.last}
              onChange={(event) => setDraft({ ...draft, last: event.currentTarget.value })}
              error={early ? 'The last day is before the first.' : wrong('until')}
            />
          </div>
          <fieldset className={classes.rows}>
            <legend>Who decides for you</legend>
            {draft.rows.map((row) => (
              <StandInRow
                key={row.id}
                row={row}
                error={wrong(`stand_ins.${sent.indexOf(row.id)}.to`)}
                onChange={(part) => change(row.id, part)}
                onRemove={
                  draft.rows.length > 1
                    ? () => setDraft({ ...draft, rows: draft.rows.filter((other) => other.id !== row.id) })
                    : undefined
                }
              />
            ))}
            <div>
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setDraft({ ...draft, rows: [...draft.rows, emptyRow()] })}
              >
                One more person
              </Button>
            </div>
          </fieldset>
          <TextInput
            label="Note"
            maxLength={500}
            value={draft.note}
            onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
            error={wrong('note')}
          />
          <Refusal error={save.error?.fields.length ? null : save.error} />
          <div className={classes.end}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!draft.first || !draft.last || early}>
              Save
            </Button>
          </div>
        </form>
      </NamedPeople>
    </Dialog>
  );
}

type StandInRowProps = {
  row: Row;
  error: string | undefined;
  onChange: (part: Partial<Row>) => void;
  onRemove?: () => void;
};

function StandInRow({ row, error, onChange, onRemove }: StandInRowProps) {
  const { data } = useQuery(read('workflows.list', {}));
  const workflows = data?.items ?? [];
  const groups = [...new Set(workflows.map((w) => w.group))].sort();
  return (
    <div className={classes.row}>
      <PersonPicker
        label="Person"
        placeholder="Nobody: my tasks wait"
        value={row.to}
        onChange={(to) => onChange({ to })}
        error={error}
      />
      <div className={classes.limits}>
        <MultiSelect
          label="Only for"
          placeholder={row.scope.length === 0 ? 'Every request' : undefined}
          searchable
          value={row.scope}
          onChange={(scope) => onChange({ scope })}
          data={[
            { group: 'Groups', items: groups.map((g) => ({ value: `g:${g}`, label: `All of ${g}` })) },
            { group: 'Workflows', items: workflows.map((w) => ({ value: `w:${w.key}`, label: w.name })) },
          ]}
        />
        <NumberInput
          label="Only below an amount"
          placeholder="Any amount"
          min={0}
          value={row.below}
          onChange={(below) => onChange({ below: typeof below === 'number' && below > 0 ? below : '' })}
        />
      </div>
      {onRemove && (
        <div className={classes.end}>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
            Remove
          </Button>
        </div>
      )}
    </div>
  );
}
