import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { key as cacheKey, useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { say } from '@/ui/toast';
import classes from './dialogs.module.css';
import type { Attribute } from './person-values';
import { roleKeyOf } from './rights';

/** What an attribute may hold, in words. */
export const kinds: Record<Attribute['kind'], string> = {
  text: 'Text',
  number: 'Number',
  bool: 'Yes or no',
  date: 'Date',
};

/** Adds an attribute, or changes its label and, while nobody uses it, its kind. */
export function AttributeDialog({ attribute, onClose }: { attribute?: Attribute; onClose: () => void }) {
  const client = useQueryClient();
  const [label, setLabel] = useState(attribute?.label ?? '');
  const [typedKey, setKey] = useState<string>();
  const [kind, setKind] = useState<Attribute['kind']>(attribute?.kind ?? 'text');
  const key = attribute?.key ?? typedKey ?? roleKeyOf(label);
  const define = useAct('attributes.define', {
    onSuccess: (list) => {
      client.setQueryData(cacheKey('attributes.list', {}), list);
      say(attribute ? `${label.trim()} was changed.` : `${label.trim()} was added.`);
      onClose();
    },
  });
  const wrong = (field: string) => define.error?.fields.find((f) => f.field === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    define.mutate({ key, label: label.trim(), kind });
  };
  return (
    <Dialog title={attribute ? `Edit ${attribute.label}` : 'Add an attribute'} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label="Label"
          required
          data-autofocus
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={wrong('label')}
        />
        {!attribute && (
          <TextInput
            label="Key"
            description={`Stands in rules as user.${key || '…'} and never changes.`}
            required
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={wrong('key')}
          />
        )}
        <NativeSelect
          label="Holds"
          data={Object.entries(kinds).map(([value, text]) => ({ value, label: text }))}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Attribute['kind'])}
          error={wrong('kind')}
        />
        <Refusal error={define.error?.fields.length ? null : define.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={define.isPending} disabled={!label.trim() || !key}>
            {attribute ? 'Save' : 'Add attribute'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
