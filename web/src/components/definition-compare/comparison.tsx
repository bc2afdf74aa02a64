import { useMemo } from 'react';
import type { Definition } from '@/api/types';
import { stepsOf } from '@/lib/definition';
import { labelsOf } from '../definition-words';
import { FlowGraph, type FlowMark, flowOf } from '../flow-graph';
import { type Change, compare, type Detail, type Difference, isSame } from './compare';
import classes from './comparison.module.css';

type ComparisonProps = {
  before: Definition;
  after: Definition;
  /** How the two are called: "Version 3", "Draft". */
  names: [before: string, after: string];
};

const changes: Record<Change, string> = { added: 'New', removed: 'Removed', changed: 'Changed' };

/** Two definitions side by side: the path with what changed on it, and every difference in words. */
export function DefinitionComparison({ before, after, names }: ComparisonProps) {
  const found = useMemo(() => compare(before, after), [before, after]);
  if (isSame(found)) {
    return (
      <p className={classes.same}>
        {names[0].charAt(0).toUpperCase() + names[0].slice(1)} and {names[1]} say the same.
      </p>
    );
  }
  return (
    <div className={classes.comparison}>
      <ChangedPath
        before={before}
        after={after}
        steps={found.steps}
        label={`Path of ${names[1]} compared with ${names[0]}`}
      />
      {found.workflow.length > 0 && (
        <Part title="Workflow" things={[{ id: '', name: after.name, change: 'changed', details: found.workflow }]} />
      )}
      {found.steps.length > 0 && <Part title="Steps" things={found.steps} />}
      {(found.fields.length > 0 || found.layout) && (
        <Part
          title="Form"
          things={found.fields}
          note={found.layout ? 'Fields stand elsewhere on the form.' : undefined}
        />
      )}
    </div>
  );
}

/** The newer path, with the steps that are gone beside it. */
function ChangedPath({
  before,
  after,
  steps,
  label,
}: {
  before: Definition;
  after: Definition;
  steps: Difference[];
  label: string;
}) {
  const flow = useMemo(() => {
    const now = flowOf(stepsOf(after), labelsOf(after));
    const then = flowOf(stepsOf(before), labelsOf(before));
    const here = new Set(now.steps.map((s) => s.id));
    const gone = then.steps.filter((s) => !here.has(s.id));
    const lost = new Set(gone.map((s) => s.id));
    return {
      steps: [...now.steps, ...gone],
      transitions: [...now.transitions, ...then.transitions.filter((t) => lost.has(t.from) || lost.has(t.to))],
    };
  }, [before, after]);
  const marks = useMemo(
    () => Object.fromEntries(steps.map((s): [string, FlowMark] => [s.id, { change: s.change }])),
    [steps],
  );
  return <FlowGraph label={label} {...flow} marks={marks} direction="right" />;
}

function Part({ title, things, note }: { title: string; things: Difference[]; note?: string }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {note && <p className={classes.note}>{note}</p>}
      <ul className={classes.things}>
        {things.map((thing) => (
          <li key={thing.change + thing.id} className={classes.thing}>
            <div className={classes.head}>
              <span className={classes.mark} data-change={thing.change}>
                {changes[thing.change]}
              </span>
              <b>{thing.name}</b>
            </div>
            {thing.details.length > 0 && <Details details={thing.details} fresh={thing.change === 'added'} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Details({ details, fresh }: { details: Detail[]; fresh: boolean }) {
  return (
    <dl className={classes.details}>
      {details.map(({ what, before, after }) => (
        <div key={what} className={classes.detail}>
          <dt>{what}</dt>
          <dd>
            {before !== undefined && (
              <del>
                <span className="hs-visually-hidden">was </span>
                {before}
              </del>
            )}
            {after !== undefined ? (
              <ins data-fresh={fresh || undefined}>
                <span className="hs-visually-hidden">{before === undefined ? '' : ', is now '}</span>
                {after}
              </ins>
            ) : (
              <span className={classes.gone}>{before !== undefined && 'no more'}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
