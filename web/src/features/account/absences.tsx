import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { outdate, read, useAct } from '@/api/query';
import type { Absence } from '@/api/types';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { dateSpan } from '@/lib/dates';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import { Pill } from '@/ui/pill';
import { say } from '@/ui/toast';
import { daysOf, scopeWords } from './absence';
import { AbsenceDialog } from './absence-dialog';
import classes from './absences.module.css';

/** When the reader is away, and who decides meanwhile. */
export function Absences() {
  const list = useQuery(read('absences.list', {}));
  const [open, setOpen] = useState<Absence | 'new'>();
  return (
    <Card
      title="Out of office"
      action={
        <Button size="compact-sm" variant="default" onClick={() => setOpen('new')}>
          Add an absence
        </Button>
      }
    >
      <QueryState query={list} what="Your absences" loading={<LoadingRows rows={1} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.quiet}>
              You are here. While you are away, whom you name gets your tasks and decides them for you; what is still
              open comes back to you.
            </p>
          ) : (
            <ul className={classes.list}>
              {items.map((absence) => (
                <One key={absence.id} absence={absence} onEdit={() => setOpen(absence)} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {open && <AbsenceDialog absence={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}

function One({ absence, onEdit }: { absence: Absence; onEdit: () => void }) {
  const client = useQueryClient();
  const end = useAct('absences.delete', {
    onSuccess: () => say(absence.now ? 'Welcome back: what is still open comes back to you.' : 'The absence is gone.'),
    onError: (error) => say(error.message, 'red'),
    onSettled: () => void outdate(client, 'absences.list'),
  });
  const { first, last } = daysOf(absence);
  const days = dateSpan(first, last);
  return (
    <li className={classes.one}>
      <div className={classes.words}>
        <div className={classes.days}>
          {days} {absence.now && <Pill tone="amber">Away now</Pill>}
        </div>
        {absence.note && <div className={classes.quiet}>{absence.note}</div>}
        {absence.stand_ins.length === 0 ? (
          <div className={classes.quiet}>Nobody stands in: tasks wait for you, with a warning.</div>
        ) : (
          absence.stand_ins.map((one) => (
            <div key={`${one.to} ${scopeWords(one)}`} className={classes.standIn}>
              <PersonChip person={one.person} />
              <span className={classes.quiet}>{scopeWords(one)}</span>
            </div>
          ))
        )}
      </div>
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="default" aria-label={`Change the absence of ${days}`} onClick={onEdit}>
          Change
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          aria-label={absence.now ? 'End the absence now' : `Delete the absence of ${days}`}
          onClick={() => end.mutate({ absence_id: absence.id })}
        >
          {absence.now ? 'I am back' : 'Delete'}
        </Button>
      </div>
    </li>
  );
}
