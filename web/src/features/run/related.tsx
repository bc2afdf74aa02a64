import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RelatedRun, Run } from '@/api/types';
import { PersonChip } from '@/components/person';
import { stateOf } from '@/components/status';
import { Card } from '@/ui/card';
import { Pill, type Tone } from '@/ui/pill';
import { usePrinting } from '@/ui/printing';
import { Moment } from '@/ui/time';
import classes from './related.module.css';

/** What a request started may be in that no request is that was sent by hand. */
const unborn: Record<string, { word: string; tone: Tone }> = {
  wanted: { word: 'Being started', tone: 'gray' },
  failed: { word: 'Could not be started', tone: 'red' },
};

export const relatedState = (run: RelatedRun) => unborn[run.number ? '' : run.status] ?? stateOf(run);

const workflowOf = (run: RelatedRun) => run.workflow_name || run.workflow_key;

/** "BUY-7 A laptop", as a link for those who may see it; for others, "BUY-7 Purchase". */
export function RelatedName({ run }: { run: RelatedRun }) {
  if (!run.number) return <span className={classes.name}>{workflowOf(run)}</span>;
  return (
    <span className={classes.name}>
      {run.can_view ? (
        <Link to="/runs/$run" params={{ run: run.number }}>
          {run.number}
        </Link>
      ) : (
        <span>{run.number}</span>
      )}{' '}
      <span className={classes.title}>{run.title || workflowOf(run)}</span>
    </span>
  );
}

/** More of them than this are shown when they are asked for. */
const most = 5;

/** Requests beside this one, each in a line. */
export function RelatedRuns({ runs, about }: { runs: RelatedRun[]; about?: (run: RelatedRun) => React.ReactNode }) {
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  const shown = whole || printing || runs.length <= most ? runs : runs.slice(0, most - 1);
  return (
    <ul className={classes.list}>
      {shown.map((run) => (
        <li key={run.run_id} className={classes.line}>
          <span className={classes.head}>
            <RelatedName run={run} />
            <Pill tone={relatedState(run).tone}>{relatedState(run).word}</Pill>
          </span>
          {about?.(run)}
        </li>
      ))}
      {shown.length < runs.length && (
        <li>
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setWhole(true)}>
            Show {runs.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}

/** Everything this request started, and what came of it. */
export function StartedCard({ run }: { run: Run }) {
  if (run.subs.length === 0) return null;
  return (
    <Card title={run.subs.length === 1 ? 'The request it started' : `The ${run.subs.length} requests it started`}>
      <RelatedRuns runs={run.subs} about={(sub) => <About sub={sub} run={run} />} />
    </Card>
  );
}

function About({ sub, run }: { sub: RelatedRun; run: Run }) {
  const at = sub.ended_at ?? sub.started_at;
  return (
    <span className={classes.about}>
      {sub.title && sub.title !== workflowOf(sub) && <span>{workflowOf(sub)}</span>}
      {sub.initiator && sub.initiator.id !== run.initiator.id && (
        <span>
          for <PersonChip person={sub.initiator} />
        </span>
      )}
      {at && (
        <span>
          {sub.ended_at ? 'ended' : 'started'} <Moment at={at} />
        </span>
      )}
      {sub.detail && <span>{sub.detail}</span>}
    </span>
  );
}
