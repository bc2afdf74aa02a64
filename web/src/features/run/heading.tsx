import type { Run } from '@/api/types';
import { PersonChip } from '@/components/person';
import { RunState, stateOf } from '@/components/status';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Moment } from '@/ui/time';
import classes from './heading.module.css';
import { RelatedName } from './related';

/** Title and state; a request that has ended carries its outcome as a stamp. */
export function RunHeading({ run }: { run: Run }) {
  return (
    <span className={classes.heading}>
      <WorkflowIcon workflow={run.workflow} size={34} />
      <span className={classes.words}>
        <span className={classes.title}>{run.title}</span>
        <span className={classes.state}>
          {run.status === 'completed' ? <Stamp run={run} /> : <RunState run={run} />}
        </span>
      </span>
    </span>
  );
}

function Stamp({ run }: { run: Run }) {
  const { word, tone } = stateOf(run);
  return (
    <span className={classes.stamp} data-tone={tone}>
      {word}
    </span>
  );
}

export function RunLead({ run }: { run: Run }) {
  return (
    <span className={classes.lead}>
      <span className={classes.number}>{run.number}</span>
      <span>{run.workflow.name}</span>
      <span className={classes.from}>
        from <PersonChip person={run.initiator} />
      </span>
      {run.started_at && (
        <span>
          started <Moment at={run.started_at} />
        </span>
      )}
      {run.ended_at && (
        <span>
          ended <Moment at={run.ended_at} />
        </span>
      )}
      {run.parent && (
        <span>
          part of <RelatedName run={run.parent} />
        </span>
      )}
      {run.round > 1 && <span>round {run.round}</span>}
    </span>
  );
}
