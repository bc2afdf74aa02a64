import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useReducer, useState } from 'react';
import { read } from '@/api/query';
import type { HistoryItem, Out, Person, Prepared, Run } from '@/api/types';
import { NamedPeople, useRememberPerson } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { WholePath } from '@/components/run-path';
import { RunTimeline } from '@/components/run-timeline';
import { RunState } from '@/components/status';
import { PersonPicker } from '@/components/user-picker';
import { Card } from '@/ui/card';
import { Banner, LoadingRows } from '@/ui/feedback';
import designer from '../designer.module.css';
import { useEditor } from '../editor';
import { ActForm } from './act-form';
import { Coverage } from './coverage';
import { begin, type Reached, request, type Script, type ScriptAction, script, together } from './script';
import { SendForm } from './send-form';
import classes from './try.module.css';

type Simulation = Out<'workflows.simulate'>;

/** The draft played as any people, by the rules that real requests follow. Nothing of it is kept. */
export function TryPart() {
  const me = useQuery(read('me.get', {}));
  return (
    <div className={designer.sheet}>
      <div className={designer.sheetInner} data-wide="">
        <h2 className={classes.title}>Try it</h2>
        <p className={classes.lead}>
          Send a request and act as anybody in your organization. Nobody is asked or told, and nothing is kept.
        </p>
        <QueryState query={me} what="Your name" loading={<LoadingRows rows={4} />}>
          {({ user }) => <Stage me={user} />}
        </QueryState>
      </div>
    </div>
  );
}

function Stage({ me }: { me: Person }) {
  const keep = useRememberPerson();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picker names who begins
  useEffect(() => void keep(me), [me]);
  const { doc, problems } = useEditor();
  const [state, dispatch] = useReducer(script, me.id, begin);
  // While somebody draws on, the play waits until he rests.
  const [document] = useDebouncedValue(doc, 400);
  const query = useQuery({
    ...read('workflows.simulate', request(state, document)),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [reached, setReached] = useState<Reached>({ steps: [], transitions: [] });
  const now = query.data?.reached;
  useEffect(() => {
    if (now) setReached((before) => together(before, now));
  }, [now]);
  if (problems.length > 0) {
    return (
      <Banner tone="amber" title="There are problems to mend first">
        The list above leads to each of them. What cannot be published cannot be tried either.
      </Banner>
    );
  }
  return (
    <div className={classes.stage}>
      <aside className={classes.side} aria-label="What was done">
        <Acts state={state} dispatch={dispatch} simulation={query.data} />
        <Coverage doc={doc} reached={reached} />
      </aside>
      <div className={classes.main} aria-busy={query.isFetching}>
        <QueryState query={query} what="This try" loading={<LoadingRows rows={6} />}>
          {(simulation) => (
            <Scene state={state} simulation={simulation} dispatch={dispatch} fresh={!query.isPlaceholderData} />
          )}
        </QueryState>
      </div>
    </div>
  );
}

type ActsProps = { state: Script; dispatch: (action: ScriptAction) => void; simulation: Simulation | undefined };

function Acts({ state, dispatch, simulation }: ActsProps) {
  const refused = simulation?.refused?.act;
  return (
    <Card title="What was done">
      <PersonPicker label="Who asks" value={state.starter} onChange={(id) => id && dispatch({ type: 'starter', id })} />
      {state.sent && (
        <ol className={classes.acts}>
          <li>
            <span>Sent</span>
            <Button size="compact-xs" variant="subtle" onClick={() => dispatch({ type: 'back', to: -1 })}>
              Change the form
            </Button>
          </li>
          {state.acts.map((act, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what was done stays in its order
            <li key={i} data-refused={refused === i || undefined}>
              <span>{act.said}</span>
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Go back to before “${act.said}”`}
                onClick={() => dispatch({ type: 'back', to: i })}
              >
                Go back
              </Button>
            </li>
          ))}
        </ol>
      )}
      {state.sent && (
        <Button size="compact-sm" variant="default" className={classes.over} onClick={() => dispatch({ type: 'over' })}>
          Start over
        </Button>
      )}
    </Card>
  );
}

type SceneProps = {
  state: Script;
  simulation: Simulation;
  dispatch: (action: ScriptAction) => void;
  /** Whether this is the answer to what stands in the script, and not the one before. */
  fresh: boolean;
};

function Scene({ state, simulation, dispatch, fresh }: SceneProps) {
  const { prepared, run, refused } = simulation;
  return (
    <>
      {refused && (
        <Banner tone="red" title="The product would refuse this">
          {refused.detail}
          {(refused.errors ?? []).length > 0 && (
            <ul className={classes.errors}>
              {refused.errors?.map((error) => (
                <li key={error.field + error.message}>{error.message}</li>
              ))}
            </ul>
          )}
        </Banner>
      )}
      {prepared && (
        <SendForm
          key={state.starter}
          prepared={prepared as unknown as Prepared}
          again={state.values}
          dispatch={dispatch}
        />
      )}
      {!prepared && <Readers state={state} simulation={simulation} dispatch={dispatch} />}
      {run && <Seen run={run as unknown as Run} simulation={simulation} dispatch={dispatch} fresh={fresh} />}
      {!prepared && !run && !refused && (
        <Banner title={`${simulation.as.name} cannot see this request`}>
          To this person it does not exist, as to everybody who takes no part in it.
        </Banner>
      )}
    </>
  );
}

/** Through whose eyes: those who have to act first, then anybody. */
function Readers({ state, simulation, dispatch }: Omit<SceneProps, 'fresh'>) {
  const { asked, as } = simulation;
  return (
    <Card title={`As ${as.name || 'nobody'} sees it`}>
      {asked.length > 0 ? (
        <ul className={classes.asked}>
          {asked.map((task, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step may ask several
            <li key={i}>
              <span className={classes.step}>{task.step_name}</span>
              {task.offered && <span className={classes.quiet}>whoever takes it first:</span>}
              {task.people.slice(0, 6).map((person) => (
                <Button
                  key={person.id}
                  size="compact-sm"
                  variant={person.id === as.id ? 'light' : 'default'}
                  aria-pressed={person.id === as.id}
                  onClick={() => dispatch({ type: 'as', id: person.id })}
                >
                  {person.name}
                </Button>
              ))}
              {task.people.length > 6 && <span className={classes.quiet}>and {task.people.length - 6} more</span>}
              {task.people.length === 0 && <span className={classes.quiet}>Nobody was found.</span>}
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.quiet}>Nobody has to act.</p>
      )}
      <PersonPicker label="Or look as somebody else" value={state.as} onChange={(id) => dispatch({ type: 'as', id })} />
    </Card>
  );
}

type SeenProps = { run: Run; simulation: Simulation; dispatch: (action: ScriptAction) => void; fresh: boolean };

function Seen({ run, simulation, dispatch, fresh }: SeenProps) {
  return (
    <NamedPeople value={run.people}>
      <Card
        title={
          <span className={classes.runTitle}>
            {run.title} <RunState run={run} />
          </span>
        }
      >
        <WholePath run={run} />
        <ActForm
          // Every answer is a form of its own.
          key={`${simulation.as.id} ${run.revision}`}
          run={run}
          as={simulation.as}
          dispatch={dispatch}
          busy={!fresh}
        />
      </Card>
      <Card title="History">
        <RunTimeline items={simulation.history as HistoryItem[]} />
      </Card>
    </NamedPeople>
  );
}
