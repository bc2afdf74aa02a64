import { ActionIcon, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { applyDraft, applyRun } from '@/api/effects';
import { outdate, read, useAct } from '@/api/query';
import type { OpenTask, Run } from '@/api/types';
import { longDateTime, shortMoment } from '@/lib/dates';
import {
  IconArrowBackUp,
  IconBell,
  IconCopy,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconPrinter,
  IconRefresh,
  IconUserShare,
  IconX,
} from '@/ui/icons';
import { LinkItem } from '@/ui/link-button';
import { say } from '@/ui/toast';
import { fewOf } from './labels';

// Asked for when it is wanted, not whenever a request is shown.
const stops = () => import('./stop-dialogs');
const dialogs = {
  recall: lazy(() => stops().then((m) => ({ default: m.RecallDialog }))),
  withdraw: lazy(() => stops().then((m) => ({ default: m.WithdrawDialog }))),
  hold: lazy(() => stops().then((m) => ({ default: m.HoldDialog }))),
  resume: lazy(() => stops().then((m) => ({ default: m.ResumeDialog }))),
  cancel: lazy(() => stops().then((m) => ({ default: m.CancelDialog }))),
};
const TakeOverDialog = lazy(() => stops().then((m) => ({ default: m.TakeOverDialog })));

type Asking = { act: keyof typeof dialogs } | { act: 'take_over'; task: OpenTask };

/** What can be done with the request as a whole. */
export function RunMenu({ run }: { run: Run }) {
  const [asking, setAsking] = useState<Asking>();
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More about this request">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Plain run={run} />
          <Stopping run={run} ask={setAsking} />
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Suspense fallback={null}>
          <Question run={run} asking={asking} onClose={() => setAsking(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function Question({ run, asking, onClose }: { run: Run; asking: Asking; onClose: () => void }) {
  if (asking.act === 'take_over') return <TakeOverDialog run={run} task={asking.task} onClose={onClose} />;
  const Ask = dialogs[asking.act];
  return <Ask run={run} onClose={onClose} />;
}

/** What changes nothing about it, and the reminder. */
function Plain({ run }: { run: Run }) {
  const { data: me } = useQuery(read('me.get', {}));
  const own = me?.user.id === run.initiator.id;
  const { start: startAgain, pending } = useStartAgain(run);
  return (
    <>
      <Menu.Item
        leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden />}
        // The menu has to be gone from the page first.
        onClick={() => setTimeout(() => print(), 200)}
      >
        Print
      </Menu.Item>
      <Remind run={run} />
      {run.can.restart ? (
        <Menu.Item
          leftSection={<IconRefresh size={16} stroke={1.7} aria-hidden />}
          disabled={pending}
          onClick={startAgain}
        >
          Start again
        </Menu.Item>
      ) : (
        own && (
          <LinkItem
            leftSection={<IconCopy size={16} stroke={1.7} aria-hidden />}
            to="/workflows/$workflow/start"
            params={{ workflow: run.workflow.key }}
            search={{ from: run.number || run.id }}
          >
            Ask again with this
          </LinkItem>
        )
      )}
    </>
  );
}

/** Keeps a draft with what the finished request says, and opens it. */
function useStartAgain(run: Run) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const restart = useAct('runs.restart', {
    onSuccess: ({ run_id }) => {
      applyDraft(client);
      const params = { workflow: run.workflow.key };
      void navigate({ to: '/workflows/$workflow/start', params, search: { draft: run_id } });
    },
    onError: (error) => say(error.message, 'red'),
  });
  return { start: () => restart.mutate({ run_id: run.id }), pending: restart.isPending };
}

function Remind({ run }: { run: Run }) {
  const client = useQueryClient();
  const others = run.tasks.filter((task) => !task.mine);
  const names = [...new Set(others.flatMap((task) => task.assignee?.name ?? []))];
  const nudge = useAct('runs.nudge', {
    onSuccess: (after) => {
      applyRun(client, after);
      say(names.length > 0 ? `${fewOf(names)} ${names.length === 1 ? 'is' : 'are'} reminded.` : 'They are reminded.');
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history');
    },
  });
  if (!run.can.nudge || others.length === 0) return null;
  const again = run.nudge_again_at;
  return (
    <Menu.Item
      leftSection={<IconBell size={16} stroke={1.7} aria-hidden />}
      disabled={again !== undefined || nudge.isPending}
      onClick={() => nudge.mutate({ run_id: run.id })}
    >
      {again ? `Reminded; again possible from ${clock(again)}` : 'Remind'}
    </Menu.Item>
  );
}

/** The time today, day and time else. */
const clock = (at: string) =>
  new Date(at).toDateString() === new Date().toDateString() ? shortMoment(at) : longDateTime(at);

/** What stops it, brings it back or takes it from somebody: the requester's first, then the administrator's. */
function Stopping({ run, ask }: { run: Run; ask: (asking: Asking) => void }) {
  const { can } = run;
  const taken = run.tasks.filter((task) => task.take_over).slice(0, 5);
  const item = (act: keyof typeof dialogs, label: string, Icon: typeof IconX, red = false) =>
    can[act] && (
      <Menu.Item
        c={red ? 'var(--hs-red-text)' : undefined}
        leftSection={<Icon size={16} stroke={1.7} aria-hidden />}
        onClick={() => ask({ act })}
      >
        {label}
      </Menu.Item>
    );
  return (
    <>
      {item('recall', 'Recall to change it', IconArrowBackUp)}
      {item('withdraw', 'Withdraw', IconX, true)}
      {taken.map((task) => (
        <Menu.Item
          key={task.id}
          leftSection={<IconUserShare size={16} stroke={1.7} aria-hidden />}
          onClick={() => ask({ act: 'take_over', task })}
        >
          Take over from {task.assignee?.name}
        </Menu.Item>
      ))}
      {item('hold', 'Put on hold', IconPlayerPause)}
      {item('resume', 'Resume', IconPlayerPlay)}
      {item('cancel', 'Cancel the request', IconX, true)}
    </>
  );
}
