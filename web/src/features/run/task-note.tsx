import type { Run, Task } from '@/api/types';
import { Banner } from '@/ui/feedback';
import { Moment } from '@/ui/time';
import classes from './task-note.module.css';
import { noteOf } from './task-words';

/** Above the form: who wants what of the reader, in their own words. */
export function TaskNote({ run, task }: { run: Run; task: Task }) {
  const note = noteOf(task, run.form.fields);
  if (!note) return null;
  return (
    <Banner title={note.title}>
      {note.text && (
        <blockquote className={classes.words}>
          {note.text}
          {task.reason && (
            <span className={classes.at}>
              {' '}
              {task.reason.by.name}, <Moment at={task.reason.at} />
            </span>
          )}
        </blockquote>
      )}
      {note.rest}
    </Banner>
  );
}
