import { useState } from 'react';
import type { Run, Task, TransitionView } from '@/api/types';
import type { FormHandle } from '@/components/form-renderer';
import { actKeys } from '@/ui/act-keys';
import {
  IconArrowBackUp,
  IconHandGrab,
  IconMessageQuestion,
  IconUserCheck,
  IconUserPlus,
  IconUserShare,
} from '@/ui/icons';
import { transitionLabel } from './labels';
import { useClaim, useRelease } from './take';

/** Something that can be done with a task. */
export type Act = {
  id: string;
  label: string;
  start: () => void;
  pending?: boolean;
  key?: string;
  icon?: typeof IconUserPlus;
};

/**
 * What can be done, by where it stands: the ways on, the ways to an end and the taking as buttons; what is
 * `beside` as a button where there is room and in the menu otherwise; everything rarer in the menu.
 */
export type Acts = { on: Act[]; reject: Act[]; take: Act[]; beside: Act[]; more: Act[] };

/** The question an act asks before it is done. */
export type Asking =
  | { kind: 'complete'; transition: TransitionView }
  | { kind: 'send_back' | 'reassign' | 'consult' | 'add_approver' | 'delegate' };

const act = (allowed: boolean, made: Act): Act[] => (allowed ? [made] : []);

/** What the server allows with the task, and nothing else. */
export function useActs(run: Run, task: Task, handle: FormHandle, onInvalid: () => void) {
  const [asking, ask] = useState<Asking>();
  const claim = useClaim(task);
  const release = useRelease(task);
  const { can } = task;
  // `can.reject` is about the built-in Reject; one that is drawn is a transition like any other.
  const ways = task.transitions.filter((t) => (t.builtin && t.kind === 'reject' ? can.reject : can.complete));
  const way = (key: string) => (t: TransitionView, i: number) => ({
    id: t.id,
    label: task.kind === 'prepare' ? 'Hand it back' : transitionLabel(t, run.steps),
    key: i === 0 ? key : undefined,
    start: () => {
      // A rejection says nothing about the form; everything else sends it along.
      if (t.kind !== 'reject' && !handle.attempt()) return onInvalid();
      ask({ kind: 'complete', transition: t });
    },
  });
  const acts: Acts = {
    on: ways.filter((t) => t.kind !== 'reject').map(way(actKeys.approve)),
    reject: ways.filter((t) => t.kind === 'reject').map(way(actKeys.reject)),
    take: act(!!can.claim, { id: 'claim', label: 'Claim', key: actKeys.take, ...claim }),
    beside: act(!!can.send_back && task.send_back.length > 0, {
      id: 'send_back',
      label: task.send_back[0]?.name || 'Send back',
      icon: IconArrowBackUp,
      key: actKeys.sendBack,
      start: () => ask({ kind: 'send_back' }),
    }),
    more: [
      ...act(!!can.consult, {
        id: 'consult',
        label: 'Ask for an opinion',
        icon: IconMessageQuestion,
        start: () => ask({ kind: 'consult' }),
      }),
      ...act(!!can.add_approver, {
        id: 'add_approver',
        label: 'Ask one more approver',
        icon: IconUserCheck,
        start: () => ask({ kind: 'add_approver' }),
      }),
      ...act(!!can.delegate, {
        id: 'delegate',
        label: 'Delegate',
        icon: IconUserShare,
        start: () => ask({ kind: 'delegate' }),
      }),
      ...act(!!can.reassign, {
        id: 'reassign',
        label: 'Reassign',
        icon: IconUserPlus,
        key: actKeys.handOn,
        start: () => ask({ kind: 'reassign' }),
      }),
      ...act(!!can.release, { id: 'release', label: 'Give back', icon: IconHandGrab, ...release }),
    ],
  };
  return { acts, asking, close: () => ask(undefined) };
}
