import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { Run, Task } from '@/api/types';
import type { FormHandle } from '@/components/form-renderer';
import { ActionBar } from '@/ui/action-bar';
import { keyHint, useHotkeys } from '@/ui/hotkeys';
import { Moment } from '@/ui/time';
import classes from './act-bar.module.css';
import { ActMore } from './act-more';
import { type Act, type Acts, type Asking, useActs } from './acts';
import { CompleteDialog, ReassignDialog } from './dialogs';
import { taskTitle } from './task-words';

// The rarer acts are loaded when they are asked for.
const SendBackDialog = lazy(() => import('./send-back-dialog').then((m) => ({ default: m.SendBackDialog })));
const asks = () => import('./ask-dialogs');
const ConsultDialog = lazy(() => asks().then((m) => ({ default: m.ConsultDialog })));
const AddApproverDialog = lazy(() => asks().then((m) => ({ default: m.AddApproverDialog })));
const DelegateDialog = lazy(() => asks().then((m) => ({ default: m.DelegateDialog })));

type ActBarProps = { run: Run; task: Task; handle: FormHandle; onInvalid: () => void };

/** What the reader can do with the task, at the thumb and under the fingers. */
export function ActBar({ run, task, handle, onInvalid }: ActBarProps) {
  const { acts, asking, close } = useActs(run, task, handle, onInvalid);
  useHotkeys(
    Object.fromEntries(
      Object.values(acts)
        .flat()
        .flatMap((act) => (act.key ? [[act.key, act.start]] : [])),
    ),
  );
  return (
    <>
      <ActionBar label="Your decision">
        <div className={classes.about}>
          <span className={classes.step}>{taskTitle(task)}</span>
          <span className={classes.since}>
            {task.on_behalf_of && <>You decide for {task.on_behalf_of.name}, </>}
            {task.can.claim ? 'offered since ' : 'waits for you since '}
            <Moment at={task.assigned_at} />
          </span>
        </div>
        <ActButtons acts={acts} />
      </ActionBar>
      {asking && (
        <Suspense fallback={null}>
          <Question asking={asking} run={run} task={task} handle={handle} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function ActButtons({ acts: { on, reject, take, beside, more } }: { acts: Acts }) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <div className={classes.buttons}>
      <ActMore acts={narrow ? [...beside, ...more] : more} />
      {!narrow && beside.map((act) => <ActButton key={act.id} act={act} />)}
      {reject.map((act) => (
        <ActButton key={act.id} act={act} tone="red" />
      ))}
      {take.map((act) => (
        <ActButton key={act.id} act={act} tone="first" />
      ))}
      {on.map((act, i) => (
        <ActButton key={act.id} act={act} tone={i === 0 ? 'first' : undefined} order={on.length - i} />
      ))}
    </div>
  );
}

function ActButton({ act, tone, order }: { act: Act; tone?: 'first' | 'red'; order?: number }) {
  return (
    <Button
      variant={tone === 'first' ? 'filled' : 'default'}
      c={tone === 'red' ? 'var(--hs-red-text)' : undefined}
      className={order ? classes.forward : undefined}
      style={order ? { order } : undefined}
      loading={act.pending}
      onClick={act.start}
      {...keyHint(act.key)}
    >
      {act.label}
    </Button>
  );
}

type QuestionProps = Omit<ActBarProps, 'onInvalid'> & { asking: Asking; onClose: () => void };

function Question({ asking, run, task, handle, onClose }: QuestionProps) {
  switch (asking.kind) {
    case 'complete':
      return <CompleteDialog run={run} task={task} transition={asking.transition} handle={handle} onClose={onClose} />;
    case 'send_back':
      return <SendBackDialog run={run} task={task} onClose={onClose} />;
    case 'reassign':
      return <ReassignDialog run={run} task={task} onClose={onClose} />;
    case 'consult':
      return <ConsultDialog run={run} task={task} onClose={onClose} />;
    case 'add_approver':
      return <AddApproverDialog run={run} task={task} onClose={onClose} />;
    case 'delegate':
      return <DelegateDialog run={run} task={task} onClose={onClose} />;
  }
}
