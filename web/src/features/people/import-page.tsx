import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, type FormEvent, useRef, useState } from 'react';
import { read, useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Empty } from '@/ui/feedback';
import { IconCheck, IconFileText } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { columns, decode, type Imported, longest, summary, templateOf } from './import';
import classes from './import-page.module.css';
import { ImportPreview } from './import-preview';
import type { Attribute } from './person-values';

/** A table of people: choose, look at what the server makes of it, import. */
export function ImportPage() {
  const [csv, setCsv] = useState('');
  const [preview, setPreview] = useState<Imported>();
  const [done, setDone] = useState<Imported>();
  const again = () => {
    setPreview(undefined);
    setDone(undefined);
  };
  return (
    <Page title="Import people" width="wide" above={<BackLink to="/people">People</BackLink>}>
      {done ? (
        <Done
          done={done}
          onMore={() => {
            again();
            setCsv('');
          }}
        />
      ) : preview ? (
        <ImportPreview preview={preview} csv={csv} onBack={again} onDone={setDone} />
      ) : (
        <Choose csv={csv} setCsv={setCsv} onRead={setPreview} />
      )}
    </Page>
  );
}

type ChooseProps = { csv: string; setCsv: (csv: string) => void; onRead: (preview: Imported) => void };

function Choose({ csv, setCsv, onRead }: ChooseProps) {
  const attributes = useQuery(read('attributes.list', {})).data?.items ?? [];
  const check = useAct('users.import', { onSuccess: onRead });
  const file = useRef<HTMLInputElement>(null);
  const take = (text: string) => {
    setCsv(text);
    if (text.length > longest) return;
    check.mutate({ csv: text, dry_run: true });
  };
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.currentTarget.files?.[0];
    event.currentTarget.value = '';
    if (chosen) take(decode(new Uint8Array(await chosen.arrayBuffer())));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take(csv);
  };
  const tooLong =
    csv.length > longest
      ? 'This is more than can be imported at once. Split it into parts of less than a megabyte.'
      : undefined;
  const wrong = tooLong ?? check.error?.fields.find((f) => f.field === 'csv')?.message;
  return (
    <div className={classes.columns}>
      <Card title="The table">
        <form className={classes.form} onSubmit={submit}>
          <div className={classes.file}>
            <Button
              variant="default"
              leftSection={<IconFileText size={16} stroke={1.7} aria-hidden />}
              onClick={() => file.current?.click()}
            >
              Choose a CSV file
            </Button>
            <input
              ref={file}
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              className="hs-visually-hidden"
              tabIndex={-1}
              aria-label="CSV file"
              onChange={(event) => void choose(event)}
            />
            <span className={classes.quiet}>or paste it here, from a spreadsheet for instance</span>
          </div>
          <Textarea
            aria-label="The table as text"
            placeholder={'email,name,manager,department\nasha.rao@example.com,Asha Rao,ravi.menon@example.com,ENG'}
            autosize
            minRows={9}
            maxRows={18}
            spellCheck={false}
            classNames={{ input: classes.text }}
            value={csv}
            onChange={(event) => setCsv(event.currentTarget.value)}
            error={wrong}
          />
          <Refusal error={wrong ? null : check.error} />
          <div className={classes.buttons}>
            <span className={classes.quiet}>Nothing is changed yet: first you see what would happen.</span>
            <Button type="submit" loading={check.isPending} disabled={!csv.trim() || Boolean(tooLong)}>
              Check the table
            </Button>
          </div>
        </form>
      </Card>
      <Columns attributes={attributes} />
    </div>
  );
}

function Columns({ attributes }: { attributes: Attribute[] }) {
  const own = attributes.map((a) => ({ name: a.key, meaning: a.label, required: false }));
  return (
    <Card
      title="Columns"
      action={
        <Button size="compact-sm" variant="subtle" onClick={() => download(templateOf(attributes))}>
          Download a template
        </Button>
      }
    >
      <p className={classes.quiet}>
        The first line names them, in any order. An empty cell changes nothing. Nobody is removed by an import.
      </p>
      <dl className={classes.meanings}>
        {[...columns, ...own].map(({ name, meaning, required }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {required && <span className={classes.needed}> needed</span>}
            </dt>
            {meaning && <dd>{meaning}</dd>}
          </div>
        ))}
      </dl>
    </Card>
  );
}

function download(text: string) {
  // The mark tells spreadsheets that it is UTF-8.
  const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'people.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function Done({ done, onMore }: { done: Imported; onMore: () => void }) {
  return (
    <Empty
      icon={<IconCheck size={22} stroke={1.9} />}
      title="Imported"
      action={
        <div className={classes.after}>
          <Button variant="default" onClick={onMore}>
            Import another table
          </Button>
          <LinkButton to="/people">Show people</LinkButton>
        </div>
      }
    >
      {summary(done, true)}
      {done.created > 0 && ' New people cannot sign in before they are given a password.'}
    </Empty>
  );
}
