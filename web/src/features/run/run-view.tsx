import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Run } from '@/api/types';
import { ErrorSummary, FormRenderer, useForm } from '@/components/form-renderer';
import { RunPath } from '@/components/run-path';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Banner } from '@/ui/feedback';
import { Page } from '@/ui/page';
import { ActBar } from './act-bar';
import { AfterAct } from './after-act';
import { Conversation } from './conversation';
import { RunHeading, RunLead } from './heading';
import { OpenTasks } from './open-tasks';
import { RunMenu } from './run-menu';
import classes from './run-page.module.css';
import { Stopped } from './stopped';

type RunViewProps = {
  run: Run;
  /** Whether the form has changed on the server while the reader was filling it in. */
  changed: boolean;
  onDirty: (dirty: boolean) => void;
  onReload: () => void;
};

export function RunView({ run, changed, onDirty, onReload }: RunViewProps) {
  const handle = useForm(run.form, run.values, run.rule_context);
  const [turn, setTurn] = useState(0);
  const [revealed, setRevealed] = useState<{ field: string; turn: number }>();
  const dirty = handle.state.entered !== run.values;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  return (
    <Page
      title={[run.number, run.title].filter(Boolean).join(' ')}
      width="wide"
      above={<BackLink to="/inbox">Inbox</BackLink>}
      heading={<RunHeading run={run} />}
      lead={<RunLead run={run} />}
      actions={<RunMenu run={run} />}
    >
      <div className={classes.path}>
        <RunPath run={run} />
      </div>
      <div className={classes.notices}>
        <AfterAct run={run} />
        <Stopped run={run} />
        {changed && (
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
        )}
      </div>
      <div className={classes.columns}>
        <div className={classes.main}>
          {run.task?.description && <p className={classes.task}>{run.task.description}</p>}
          <ErrorSummary
            handle={handle}
            turn={turn}
            reveal={(field) => setRevealed((r) => ({ field, turn: (r?.turn ?? 0) + 1 }))}
          />
          <Card>
            <FormRenderer handle={handle} revealed={revealed} />
          </Card>
          {run.task && <ActBar run={run} task={run.task} handle={handle} onInvalid={() => setTurn((n) => n + 1)} />}
        </div>
        <aside className={classes.side} aria-label="History">
          <OpenTasks run={run} />
          <Conversation run={run} />
        </aside>
      </div>
    </Page>
  );
}
