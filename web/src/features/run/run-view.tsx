import { Button } from '@mantine/core';
import { useContext, useEffect, useRef, useState } from 'react';
import type { Run } from '@/api/types';
import { ErrorSummary, type FormHandle, FormRenderer, useForm } from '@/components/form-renderer';
import { actKeys } from '@/ui/act-keys';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Banner } from '@/ui/feedback';
import { useHotkeys } from '@/ui/hotkeys';
import { Page } from '@/ui/page';
import { ActBar } from './act-bar';
import { AfterAct } from './after-act';
import { ChangesNote } from './changes-note';
import { Conversation, commentBox, useHistoryItems } from './conversation';
import { RunHeading, RunLead } from './heading';
import { Held } from './held';
import { PeopleCard } from './people-card';
import { PrintNote } from './print-note';
import { StartedCard } from './related';
import { RunMenu } from './run-menu';
import classes from './run-page.module.css';
import { SteadyContext } from './steady';
import { Stopped } from './stopped';
import { TaskNote } from './task-note';
import { useNarrow } from './use-narrow';
import { VotesCards } from './votes-card';
import { Waiting } from './waiting';
import { Watch } from './watch';
import { Whereabouts } from './whereabouts';

type RunViewProps = {
  run: Run;
  /** Whether the form has changed on the server while the reader was filling it in. */
  changed: boolean;
  onDirty: (dirty: boolean) => void;
  onReload: () => void;
  /** In a pane of another page: without the way back, and with a heading below that page's own. */
  embedded?: boolean;
};

export function RunView({ run, changed, onDirty, onReload, embedded = false }: RunViewProps) {
  const handle = useForm(run.form, run.values, run.rule_context);
  const [turn, setTurn] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(box, 860);
  const dirty = handle.state.entered !== run.values;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  useHotkeys({ [actKeys.comment]: run.can.comment ? () => document.getElementById(commentBox)?.focus() : undefined });
  return (
    <Frame run={run} embedded={embedded}>
      <div ref={box} className={classes.view}>
        <Whereabouts run={run} />
        <div className={classes.notices}>
          <AfterAct run={run} />
          <OnHold run={run} />
          <Stopped run={run} />
          <Waiting run={run} />
          {run.task && <TaskNote run={run} task={run.task} />}
          {changed && <Overtaken onReload={onReload} />}
        </div>
        <div className={classes.columns} data-narrow={narrow || undefined}>
          <div className={classes.main}>
            {run.task?.description && <p className={classes.task}>{run.task.description}</p>}
            <RunForm run={run} handle={handle} turn={turn} />
            {run.task && <ActBar run={run} task={run.task} handle={handle} onInvalid={() => setTurn((n) => n + 1)} />}
          </div>
          <aside className={classes.side} aria-label="History">
            <VotesCards run={run} />
            <StartedCard run={run} />
            <Conversation run={run} />
            <Everybody run={run} />
          </aside>
        </div>
        <PrintNote />
      </div>
    </Frame>
  );
}

/** What can be done with the request as a whole, on one line also where it is narrow. */
const RunActs = ({ run }: { run: Run }) => (
  <div className={classes.acts} data-small>
    <Watch run={run} />
    <RunMenu run={run} />
  </div>
);

function Frame({ run, embedded, children }: { run: Run; embedded: boolean; children: React.ReactNode }) {
  if (embedded) {
    return (
      <article className={classes.pane} aria-label={[run.number, run.title].filter(Boolean).join(' ')}>
        <header className={classes.paneHeader}>
          <div className={classes.paneTitles}>
            <h2 className={classes.paneTitle}>
              <RunHeading run={run} />
            </h2>
            <RunLead run={run} />
          </div>
          <RunActs run={run} />
        </header>
        {children}
      </article>
    );
  }
  return (
    <Page
      title={[run.number, run.title].filter(Boolean).join(' ')}
      width="wide"
      above={<BackLink to="/inbox">Inbox</BackLink>}
      heading={<RunHeading run={run} />}
      lead={<RunLead run={run} />}
      actions={<RunActs run={run} />}
    >
      {children}
    </Page>
  );
}

function RunForm({ run, handle, turn }: { run: Run; handle: FormHandle; turn: number }) {
  const [revealed, setRevealed] = useState<{ field: string; turn: number }>();
  const reveal = (field: string) => setRevealed((r) => ({ field, turn: (r?.turn ?? 0) + 1 }));
  return (
    <>
      <ErrorSummary handle={handle} turn={turn} reveal={reveal} />
      <Card>
        <ChangesNote run={run} reveal={reveal} />
        <FormRenderer handle={handle} revealed={revealed} changes={run.changes} correct={run.task?.correct} />
      </Card>
    </>
  );
}

function Everybody({ run }: { run: Run }) {
  // Who was added and who watches need not wait for what is being filled in.
  const { latest = run } = useContext(SteadyContext);
  const { stakeholders, watchers, can } = latest;
  return <PeopleCard run={{ ...run, stakeholders, watchers, can }} history={useHistoryItems(run) ?? []} />;
}

function OnHold({ run }: { run: Run }) {
  return <Held run={run} history={useHistoryItems(run) ?? []} />;
}

function Overtaken({ onReload }: { onReload: () => void }) {
  return (
    <Banner
      tone="amber"
      title="Somebody changed this request in the meantime"
      action={
        <Button size="compact-sm" variant="default" onClick={onReload}>
          Show the changes
        </Button>
      }
    >
      What you entered here and did not send yet is then lost.
    </Banner>
  );
}
