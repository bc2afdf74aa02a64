import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { outdate, useAct } from '@/api/query';
import type { Out } from '@/api/types';
import { Refusal } from '@/components/query-state';
import { PersonPicker } from '@/components/user-picker';
import { Dialog } from '@/ui/dialog';
import { Banner, LoadingRows } from '@/ui/feedback';
import { say } from '@/ui/toast';
import classes from './dialogs.module.css';
import { outdatePeople } from './effects';
import { aboutMoved, type Moved, ofMoved } from './moved';

type MoveDialogProps = { user: { id: string; name: string }; onClose: () => void };
type Answer = Out<'tasks.move'>;

/** Hands everything somebody holds to a colleague, having shown what would become of each task. */
export function MoveDialog({ user, onClose }: MoveDialogProps) {
  const client = useQueryClient();
  const [to, setTo] = useState<string>();
  const [comment, setComment] = useState('');
  const preview = useAct('tasks.move');
  const move = useAct('tasks.move', {
    onSuccess: (out) => {
      outdatePeople(client);
      void outdate(client, 'tasks.list', 'runs.list', 'runs.get');
      say(aboutMoved(out), out.done > 0 ? 'green' : 'red');
      if (out.skipped === 0 && !out.more) onClose();
    },
  });
  const choose = (id: string | undefined) => {
    setTo(id);
    move.reset();
    if (id) preview.mutate({ from_user_id: user.id, to_user_id: id, preview: true });
    else preview.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to) move.mutate({ from_user_id: user.id, to_user_id: to, comment: comment.trim() || undefined });
  };
  const wrong = preview.error?.fields.find((f) => f.field === 'to_user_id')?.message;
  const found = move.data ?? preview.data;
  const due = move.data ? (move.data.more ? move.data.done : 0) : (preview.data?.done ?? 0);
  return (
    <Dialog title={`Hand over the tasks of ${user.name}`} onClose={onClose}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <PersonPicker label="To" placeholder="Choose a person" value={to} onChange={choose} error={wrong} first />
        {preview.isPending && <LoadingRows rows={3} />}
        {found && !preview.isPending && <What answer={found} moved={move.data !== undefined} name={user.name} />}
        {due > 0 && (
          <Textarea
            label="Reason"
            description="Stands in the history of each request."
            autosize
            minRows={2}
            maxRows={6}
            maxLength={10_000}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        )}
        <Refusal error={wrong ? null : (move.error ?? preview.error)} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {move.data ? 'Close' : 'Cancel'}
          </Button>
          <Button type="submit" loading={move.isPending} disabled={!to || preview.isPending || due === 0}>
            {move.data?.more ? 'Hand over the next' : due > 1 ? `Hand over ${due} tasks` : 'Hand over'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function What({ answer, moved, name }: { answer: Answer; moved: boolean; name: string }) {
  if (answer.items.length === 0) return <p className={classes.quiet}>{name} holds no open task.</p>;
  return (
    <>
      {answer.skipped > 0 && (
        <Banner tone="amber" title={moved ? 'Some stay where they are' : 'Some cannot be handed over like this'}>
          Choose somebody else for those, or let who holds them pass them on.
        </Banner>
      )}
      {/* A list that scrolls is reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul className={classes.left} aria-label="What becomes of each task" data-scrolls tabIndex={0}>
        {answer.items.map((item) => (
          <Task key={item.task_id} item={item} moved={moved} />
        ))}
      </ul>
      {answer.more && <p className={classes.quiet}>These are the oldest 200. Then come the next.</p>}
    </>
  );
}

function Task({ item, moved }: { item: Moved; moved: boolean }) {
  return (
    <li>
      <strong>
        {item.number} · {item.title}
      </strong>
      <span>{item.step_name}</span>
      <span className={item.done ? classes.quiet : classes.stays}>{ofMoved(item, moved)}</span>
    </li>
  );
}
