import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NextStep, OpenTask, Run } from '@/api/types';
import { People, PersonChip } from '@/components/person';
import { WholePath } from '@/components/run-path';
import { dayAhead } from '@/lib/dates';
import { usePrinting } from '@/ui/printing';
import { Moment, useNow } from '@/ui/time';
import { aboutHolding, type Holding, holdingsOf } from './holders';
import { RelatedRuns } from './related';
import classes from './whereabouts.module.css';
import { WithdrawHelp } from './withdraw-help';

/** The answer to "where is my request?": who has it since when, what comes next, and the way so far. */
export function Whereabouts({ run }: { run: Run }) {
  const now = holdingsOf(run.tasks);
  const later = holdingsOf(run.later);
  const awaited = run.subs.filter((sub) => sub.awaited);
  return (
    <section className={classes.strip} aria-label="Where it is">
      {(now.length > 0 || awaited.length > 0 || run.next.length > 0) && (
        <dl className={classes.facts}>
          {now.length > 0 && (
            <div className={classes.fact}>
              <dt>{run.status === 'held' ? 'On hold with' : 'Now with'}</dt>
              {now.map((holding) => (
                <Holders key={holding.key} holding={holding} />
              ))}
            </div>
          )}
          {awaited.length > 0 && (
            <div className={classes.fact}>
              <dt>Waits for</dt>
              <dd className={classes.entry}>
                <RelatedRuns runs={awaited} />
              </dd>
            </div>
          )}
          {later.length > 0 && (
            <div className={classes.fact}>
              <dt>Then</dt>
              {later.map((holding) => (
                <Holders key={holding.key} holding={holding} />
              ))}
            </div>
          )}
          {run.next.length > 0 && (
            <div className={classes.fact}>
              <dt>{run.next.length > 1 ? 'Next may be' : 'Next'}</dt>
              {run.next.map((step) => (
                <Ahead key={step.step_id} step={step} />
              ))}
            </div>
          )}
          {run.usual && <Usually usual={run.usual} />}
        </dl>
      )}
      <WholePath run={run} />
    </section>
  );
}

/** More people than this are named when it is asked for. */
const most = 4;

/** Everybody who is asked the same; the reader first. */
function Holders({ holding }: { holding: Holding }) {
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  const tasks = holding.tasks.toSorted((a, b) => Number(b.mine) - Number(a.mine));
  const shown = whole || printing || tasks.length <= most ? tasks : tasks.slice(0, most - 1);
  const since = tasks.map((task) => task.assigned_at).sort()[0];
  return (
    <dd className={classes.entry}>
      {shown.map((task) => (
        <Holder key={task.id} task={task} />
      ))}
      {shown.length < tasks.length && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setWhole(true)}>
          and {tasks.length - shown.length} more
        </Button>
      )}
      <span className={classes.about}>
        {aboutHolding(holding)}
        {since && tasks.some((task) => task.status === 'open') && (
          <>
            , since <Moment at={since} />
          </>
        )}
      </span>
      {[...new Set(tasks.flatMap((task) => task.warning ?? []))].map((warning) => (
        <span key={warning} className={classes.warning}>
          {warning}
        </span>
      ))}
    </dd>
  );
}

function Holder({ task }: { task: OpenTask }) {
  const about = [
    task.on_behalf_of && `for ${task.on_behalf_of.name}`,
    task.asked_by && !task.mine && `asked by ${task.asked_by.name}`,
    task.after && `after ${task.after.name}`,
  ].filter(Boolean);
  return (
    <span className={classes.holder}>
      <span className={classes.who} data-mine={task.mine || undefined}>
        {task.assignee ? <PersonChip person={task.assignee} /> : offered(task)}
        {task.mine && <span className={classes.you}>you</span>}
      </span>
      {about.length > 0 && <span className={classes.about}>{about.join(', ')}</span>}
      {task.remove && <WithdrawHelp task={task} />}
    </span>
  );
}

const offered = (task: OpenTask): string =>
  task.candidates_hint ? `Offered to ${task.candidates_hint}` : 'Offered to several people';

/** When it may end, from those before it. */
function Usually({ usual: { half, most, of } }: { usual: NonNullable<Run['usual']> }) {
  const now = useNow();
  return (
    <div className={classes.fact}>
      <dt>Usually done</dt>
      <dd className={classes.entry}>
        <span className={classes.step}>by {dayAhead(half, now)}</span>
        <span className={classes.about}>
          half of {of} like it; nine of ten by {dayAhead(most, now)}
        </span>
      </dd>
    </div>
  );
}

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
