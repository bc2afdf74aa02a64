import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asApiError } from '@/api/errors';
import { outdate, read, useAct } from '@/api/query';
import type { In, Out } from '@/api/types';
import { QueryState, Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { Banner, LoadingRows } from '@/ui/feedback';
import { say } from '@/ui/toast';
import classes from './migrate-dialog.module.css';
import {
  aboutMigrated,
  type InUse,
  type Migrated,
  ofMigrated,
  onOthers,
  placesFor,
  refusedFirst,
  versionsOf,
} from './migrated';

type MigrateDialogProps = { workflow: string; onClose: () => void };
type Answer = Out<'runs.migrate'>;

/** Moves requests under way to a version of their workflow, having shown what would become of each. */
export function MigrateDialog({ workflow, onClose }: MigrateDialogProps) {
  const [to, setTo] = useState<number>();
  const inUse = useQuery({ ...read('runs.versions', { workflow, to_version: to }), placeholderData: keepPreviousData });
  return (
    <Dialog title="Move requests to another version" onClose={onClose}>
      <QueryState query={inUse} what="The list of versions" loading={<LoadingRows rows={4} />}>
        {(found) => <Form key={found.to_version} workflow={workflow} inUse={found} setTo={setTo} onClose={onClose} />}
      </QueryState>
    </Dialog>
  );
}

type FormProps = { workflow: string; inUse: InUse; setTo: (no: number) => void; onClose: () => void };

function Form({ workflow, inUse, setTo, onClose }: FormProps) {
  // What it was about when the dialog opened: a list that changes under one's hands cannot be read.
  const [about] = useState(inUse);
  const [places, setPlaces] = useState<Record<string, string>>({});
  const [anew, setAnew] = useState(false);
  const [comment, setComment] = useState('');
  const { move, preview, found, due } = useMigrate(about, { workflow, places, anew }, onClose);
  const place = (step: string, now: string) => {
    move.reset();
    setPlaces(({ [step]: _, ...others }) => (now ? { ...others, [step]: now } : others));
  };
  const askAnew = (wanted: boolean) => {
    move.reset();
    setAnew(wanted);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.go(comment.trim());
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <Target workflow={workflow} to={about.to_version} setTo={setTo} />
      <UnderWay about={about} />
      <Places about={about} places={places} place={place} />
      {about.versions.length > 0 && (
        <Checkbox
          label="Ask anew where other people are asked now"
          description="What was asked there before is withdrawn. Otherwise such requests stay on their version."
          checked={anew}
          onChange={(event) => askAnew(event.currentTarget.checked)}
        />
      )}
      {preview.isLoading && <LoadingRows rows={3} />}
      {found && <What answer={found} moved={move.data !== undefined} />}
      {due > 0 && (
        <Textarea
          label="Reason"
          description="Stands in the history of each request."
          required
          autosize
          minRows={2}
          maxRows={6}
          maxLength={10_000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <Refusal error={move.error ?? (preview.error && asApiError(preview.error))} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {move.data ? 'Close' : 'Cancel'}
        </Button>
        {(due > 0 || !move.data) && (
          <Button
            type="submit"
            loading={move.isPending}
            disabled={due === 0 || !comment.trim() || preview.isPlaceholderData}
          >
            {moveLabel(found, due, move.data !== undefined)}
          </Button>
        )}
      </div>
    </form>
  );
}

type Wanted = { workflow: string; places: Record<string, string>; anew: boolean };

/** What would become of each request, and the move itself; how many are due to be moved. */
function useMigrate(about: InUse, { workflow, places, anew }: Wanted, onClose: () => void) {
  const client = useQueryClient();
  const asked: In<'runs.migrate'> = {
    workflow,
    to_version: about.to_version,
    ask_anew: anew || undefined,
    steps: Object.entries(places).map(([step_id, to_step_id]) => ({ step_id, to_step_id })),
  };
  const move = useAct('runs.migrate', {
    onSuccess: (out) => {
      void outdate(client, 'runs.versions', 'runs.list', 'runs.get', 'runs.history', 'tasks.list');
      say(aboutMigrated(out), out.done > 0 ? 'green' : 'red');
      if (out.skipped === 0 && !out.more) onClose();
    },
  });
  const preview = useQuery({
    ...read('runs.migrate', { ...asked, preview: true }),
    placeholderData: keepPreviousData,
    enabled: move.data === undefined && about.versions.length > 0,
    gcTime: 0,
  });
  const left = move.data?.more ? 1 : 0;
  return {
    move: {
      ...move,
      go: (comment: string) => move.mutate({ ...asked, comment, cursor: move.data?.next_cursor || undefined }),
    },
    preview,
    found: move.data ?? preview.data,
    due: move.data ? left : (preview.data?.done ?? 0),
  };
}

/** What the button says. */
function moveLabel(found: Answer | undefined, due: number, moved: boolean): string {
  if (found?.more) return moved ? 'Move the next' : `Move the first ${due}`;
  return due > 1 ? `Move ${due} requests` : 'Move';
}

function UnderWay({ about }: { about: InUse }) {
  const runs = onOthers(about);
  if (runs === 0) return <p className={classes.quiet}>No request is under way by another version.</p>;
  return (
    <p className={classes.quiet}>
      {runs === 1 ? '1 request is' : `${runs} requests are`} under way by {versionsOf(about)}.
    </p>
  );
}

type PlacesProps = { about: InUse; places: Record<string, string>; place: (step: string, now: string) => void };

/** Which steps take the place of those that are gone. */
function Places({ about, places, place }: PlacesProps) {
  if (about.missing.length === 0) return null;
  return (
    <fieldset className={classes.places}>
      <legend>Steps that version {about.to_version} does not have</legend>
      {about.missing.map((step) => (
        <NativeSelect
          key={step.step_id}
          label={`Instead of ${step.name}`}
          description={step.runs === 1 ? '1 request is there.' : `${step.runs} requests are there.`}
          data={placesFor(about, step.type)}
          value={places[step.step_id] ?? ''}
          onChange={(event) => place(step.step_id, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}

/** Which version: the published one, unless somebody wants another. */
function Target({ workflow, to, setTo }: { workflow: string; to: number; setTo: (no: number) => void }) {
  const versions = useQuery(read('versions.list', { workflow }));
  const nos = versions.data?.items.map((version) => version.no) ?? [to];
  return (
    <NativeSelect
      label="To version"
      data={nos.map((no) => ({ value: String(no), label: `Version ${no}` }))}
      value={String(to)}
      onChange={(event) => setTo(Number(event.currentTarget.value))}
    />
  );
}

function What({ answer, moved }: { answer: Answer; moved: boolean }) {
  if (answer.items.length === 0) return null;
  return (
    <>
      {answer.skipped > 0 && (
        <Banner tone="amber" title={moved ? 'Some stay on their version' : 'Some would stay on their version'}>
          They lose nothing by that: they go on as they began.
        </Banner>
      )}
      {/* A list that scrolls is reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul className={classes.list} aria-label="What becomes of each request" tabIndex={0}>
        {refusedFirst(answer.items).map((item) => (
          <Request key={item.run_id} item={item} moved={moved} />
        ))}
      </ul>
      {answer.more && <p className={classes.quiet}>These are the oldest 200. Then come the next.</p>}
    </>
  );
}

function Request({ item, moved }: { item: Migrated; moved: boolean }) {
  return (
    <li>
      <strong>
        {item.number} · {item.title}
      </strong>
      <span>
        Version {item.from_version}, at {item.step_names.join(', ')}
      </span>
      <span className={item.done ? classes.quiet : classes.stays}>{ofMigrated(item, moved)}</span>
    </li>
  );
}
