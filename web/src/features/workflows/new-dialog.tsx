import { Button, FileButton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { outdate, read, useAct } from '@/api/query';
import type { Out } from '@/api/types';
import { QueryState, Refusal } from '@/components/query-state';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Dialog } from '@/ui/dialog';
import { Banner, LoadingRows } from '@/ui/feedback';
import { Pill } from '@/ui/pill';
import { say } from '@/ui/toast';
import { keyOf } from './clone-dialog';
import classes from './new-dialog.module.css';

type Entry = Out<'library.list'>['items'][number];
const blank = { slug: '', name: 'A blank workflow', description: 'Draw form and steps yourself.', key: '' };
/** The longest definition the server reads, in bytes. */
const largest = 256 * 1024;

/** A new workflow: blank, from the library, or from a file. It opens in the designer. */
export function NewDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const library = useQuery(read('library.list', {}));
  const [from, setFrom] = useState('');
  const [name, setName] = useState('');
  const [key, setKey] = useState<string>();
  const [wrongFile, setWrongFile] = useState<string>();
  const made = (workflow: { key: string; name: string }) => {
    void outdate(client, 'workflows.list', 'library.list');
    say(`${workflow.name} was made as a draft.`);
    onClose();
    void navigate({ to: '/workflows/$workflow/edit', params: { workflow: workflow.key } });
  };
  const create = useAct('workflows.create', { onSuccess: made });
  const bring = useAct('workflows.import', { onSuccess: made });
  const ownKey = key ?? keyOf(name).slice(0, 20);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), key: ownKey, from_library: from || undefined });
  };
  const choose = (entry: { slug: string; name: string; key: string }) => {
    setFrom(entry.slug);
    if (entry.slug) {
      setName(entry.name);
      setKey(entry.key);
    }
  };
  const open = async (file: File | null) => {
    if (!file) return;
    setWrongFile(undefined);
    if (file.size > largest) return setWrongFile(`${file.name} is larger than a definition can be.`);
    const text = await file.text();
    if (!file.name.toLowerCase().endsWith('.json')) return bring.mutate({ yaml: text });
    try {
      bring.mutate({ document: JSON.parse(text) });
    } catch {
      setWrongFile(`${file.name} is not JSON.`);
    }
  };
  const wrong = (field: string) => create.error?.fields.find((f) => f.field === field)?.message;
  return (
    <Dialog title="New workflow" onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <fieldset className={classes.choices}>
          <legend className={classes.legend}>Begin with</legend>
          <Choice entry={blank} chosen={from === ''} onChoose={choose} />
          <QueryState query={library} what="The library" loading={<LoadingRows rows={3} label="Loading the library" />}>
            {({ items }) =>
              items.map((entry) => (
                <Choice key={entry.slug} entry={entry} chosen={from === entry.slug} onChoose={choose} />
              ))
            }
          </QueryState>
        </fieldset>
        <div className={classes.names}>
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
            description="Requests are numbered with it: LEAVE-17."
            required
            value={ownKey}
            onChange={(event) => setKey(keyOf(event.currentTarget.value).slice(0, 20))}
            error={wrong('key')}
          />
        </div>
        {wrongFile && <Banner tone="red">{wrongFile}</Banner>}
        <Refusal error={bring.error} />
        {bring.error && bring.error.fields.length > 0 && (
          <ul className={classes.problems}>
            {bring.error.fields.slice(0, 20).map((field) => (
              <li key={field.field + field.message}>{field.message}</li>
            ))}
          </ul>
        )}
        <Refusal error={create.error?.fields.length ? null : create.error} />
        <div className={classes.buttons}>
          <FileButton onChange={(file) => void open(file)} accept=".yaml,.yml,.json">
            {(props) => (
              <Button
                variant="subtle"
                className={classes.file}
                loading={bring.isPending}
                title="A workflow with the same key gets it as its draft"
                {...props}
              >
                Import a file…
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!name.trim() || !ownKey}>
            Make a draft
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Choosable = Pick<Entry, 'slug' | 'name' | 'description' | 'key' | 'icon'> & { installed?: boolean };
type ChoiceProps = { entry: Choosable; chosen: boolean; onChoose: (entry: Choosable) => void };

function Choice({ entry, chosen, onChoose }: ChoiceProps) {
  return (
    <label className={classes.choice} data-chosen={chosen || undefined}>
      <input type="radio" name="from" checked={chosen} onChange={() => onChoose(entry)} />
      <WorkflowIcon workflow={{ key: entry.key || 'NEW', icon: entry.icon }} size={26} />
      <span className={classes.words}>
        <span className={classes.name}>
          {entry.name} {entry.installed && <Pill>You have it</Pill>}
        </span>
        {entry.description && <span className={classes.about}>{entry.description}</span>}
      </span>
    </label>
  );
}
