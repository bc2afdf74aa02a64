import type { OpenTask, Run } from '@/api/types';
import { PersonChip } from '@/components/person';
import { Card } from '@/ui/card';
import { Moment } from '@/ui/time';
import classes from './open-tasks.module.css';

/** Who has the request now and since when. */
export function OpenTasks({ run }: { run: Run }) {
  if (run.tasks.length === 0) return null;
  return (
    <Card title="Who has it">
      <ul className={classes.list}>
        {run.tasks.map((task) => (
          <li key={task.id} className={classes.task}>
            <span className={classes.who}>{task.assignee ? <PersonChip person={task.assignee} /> : offered(task)}</span>
            <span className={classes.about}>
              {task.step_name}, since <Moment at={task.assigned_at} />
            </span>
            {task.warning && <span className={classes.warning}>{task.warning}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const offered = (task: OpenTask): string =>
  task.candidates_hint ? `Offered to ${task.candidates_hint}` : 'Offered to several people';
