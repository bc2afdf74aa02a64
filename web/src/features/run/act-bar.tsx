import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Run, Task, TransitionView } from '@/api/types';
import type { FormHandle } from '@/components/form-renderer';
import { ActionBar } from '@/ui/action-bar';
import { useHotkeys } from '@/ui/hotkeys';
import { Moment } from '@/ui/time';
import classes from './act-bar.module.css';
import { ActMore } from './act-more';
import { ClaimButton } from './claim-button';
import { CompleteDialog, ReassignDialog, SendBackDialog } from './dialogs';
import { transitionLabel } from './labels';

type Act = { kind: 'complete'; transition: TransitionView } | { kind: 'send_back' } | { kind: 'reassign' };
type ActBarProps = { run: Run; task: Task; handle: FormHandle; onInvalid: () => void };

/** What the reader can do with the task: what the server allows, and nothing else. */
export function ActBar({ run, task, handle, onInvalid }: ActBarProps) {
  const [act, setAct] = useState<Act>();
  const { can } = task;
  // `can.reject` is about the built-in Reject; one that is drawn is a transition like any other.
  const ways = task.transitions.filter((t) => (t.builtin && t.kind === 'reject' ? can.reject : can.complete));
  const forward = ways.filter((t) => t.kind !== 'reject');
  const reject = ways.filter((t) => t.kind === 'reject');
  const choose = (transition: TransitionView) => {
    // A rejection says nothing about the form; everything else sends it along.
    if (transition.kind !== 'reject' && !handle.attempt()) return onInvalid();
    setAct({ kind: 'complete', transition });
  };
  const sendBack = can.send_back && task.send_back.length > 0 ? () => setAct({ kind: 'send_back' }) : undefined;
  useHotkeys({
    a: forward[0] && (() => choose(forward[0] as TransitionView)),
    r: reject[0] && (() => choose(reject[0] as TransitionView)),
    b: sendBack,
    e: can.reassign ? () => setAct({ kind: 'reassign' }) : undefined,
  });
  return (
    <>
      <ActionBar label="Your decision">
        <div className={classes.about}>
          <span className={classes.step}>{task.kind === 'fix' ? 'Sent back to you' : task.step_name}</span>
          <span className={classes.since}>
            {can.complete ? 'waits for you since ' : 'offered since '}
            <Moment at={task.assigned_at} />
          </span>
        </div>
        <div className={classes.buttons}>
          <ActMore
            onSendBack={sendBack}
            sendBackName={task.send_back[0]?.name}
            onReassign={can.reassign ? () => setAct({ kind: 'reassign' }) : undefined}
            task={task}
          />
          {reject.map((t) => (
            <Button key={t.id} variant="default" c="var(--hs-red-text)" onClick={() => choose(t)}>
              {transitionLabel(t)}
            </Button>
          ))}
          {can.claim && <ClaimButton task={task} />}
          {forward.map((t, i) => (
            <Button
              key={t.id}
              variant={i === 0 ? 'filled' : 'default'}
              className={classes.forward}
              style={{ order: forward.length - i }}
              onClick={() => choose(t)}
            >
              {transitionLabel(t)}
            </Button>
          ))}
        </div>
      </ActionBar>
      {act && <ActDialogs act={act} run={run} task={task} handle={handle} onClose={() => setAct(undefined)} />}
    </>
  );
}

type ActDialogsProps = Omit<ActBarProps, 'onInvalid'> & { act: Act; onClose: () => void };

function ActDialogs({ act, run, task, handle, onClose }: ActDialogsProps) {
  switch (act.kind) {
    case 'complete':
      return <CompleteDialog run={run} task={task} transition={act.transition} handle={handle} onClose={onClose} />;
    case 'send_back':
      return <SendBackDialog task={task} onClose={onClose} />;
    case 'reassign':
      return <ReassignDialog task={task} onClose={onClose} />;
  }
}
