import type { NextStep, OpenTask, Run } from '@/api/types';
import { People, PersonChip } from '@/components/person';
import { WholePath } from '@/components/run-path';
import { Moment } from '@/ui/time';
import classes from './whereabouts.module.css';

/** The answer to "where is my request?": who has it since when, what comes next, and the way so far. */
export function Whereabouts({ run }: { run: Run }) {
  return (
    <section className={classes.strip} aria-label="Where it is">
      {(run.tasks.length > 0 || run.next.length > 0) && (
        <dl className={classes.facts}>
          {run.tasks.length > 0 && (
            <div className={classes.fact}>
              <dt>Now with</dt>
              {run.tasks.map((task) => (
                <Holder key={task.id} task={task} />
              ))}
            </div>
          )}
          {run.next.length > 0 && (
            <div className={classes.fact}>
              <dt>{run.next.length > 1 ? 'Next, one of' : 'Next'}</dt>
              {run.next.map((step) => (
                <Ahead key={step.step_id} step={step} />
              ))}
            </div>
          )}
        </dl>
      )}
      <WholePath run={run} />
    </section>
  );
}

function Holder({ task }: { task: OpenTask }) {
  return (
    <dd className={classes.entry}>
      <span className={classes.who} data-mine={task.mine || undefined}>
        {task.assignee ? <PersonChip person={task.assignee} /> : offered(task)}
        {task.mine && <span className={classes.you}>you</span>}
      </span>
      <span className={classes.about}>
        {task.kind === 'fix' ? 'to correct it' : task.step_name}, since <Moment at={task.assigned_at} />
      </span>
      {task.warning && <span className={classes.warning}>{task.warning}</span>}
    </dd>
  );
}

const offered = (task: OpenTask): string =>
  task.candidates_hint ? `Offered to ${task.candidates_hint}` : 'Offered to several people';

function Ahead({ step }: { step: NextStep }) {
  return (
    <dd className={classes.entry}>
      <span className={classes.step}>{step.name}</span>
      {step.people?.length ? (
        <span className={classes.about}>
          <People people={step.people} />
        </span>
      ) : (
        <span className={classes.about}>{step.type === 'end' ? 'the end' : step.who}</span>
      )}
    </dd>
  );
}
