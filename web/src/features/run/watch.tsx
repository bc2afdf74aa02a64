import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useContext } from 'react';
import { applyRun, applyWatching } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { actKeys } from '@/ui/act-keys';
import { keyHint, useHotkeys } from '@/ui/hotkeys';
import { IconEye, IconEyeCheck } from '@/ui/icons';
import { usePageAct } from '@/ui/page-acts';
import { say } from '@/ui/toast';
import { SteadyContext } from './steady';
import classes from './watch.module.css';

/** Follows the request or ends that; absent where the reader may do neither. */
export function Watch({ run: shown }: { run: Run }) {
  // It says nothing about what is being filled in: it need not wait for that.
  const { latest: run = shown } = useContext(SteadyContext);
  const { toggle, offered } = useWatch(run);
  const name = run.number || 'this request';
  useHotkeys({ [actKeys.watch]: offered ? toggle : undefined });
  usePageAct(
    offered
      ? {
          id: 'watch',
          label: run.watching ? `Stop watching ${name}` : `Watch ${name}`,
          words: 'follow subscribe watching unwatch',
          start: toggle,
        }
      : undefined,
  );
  if (!offered) return null;
  const Icon = run.watching ? IconEyeCheck : IconEye;
  return (
    <Button
      className={classes.watch}
      variant="default"
      data-watching={run.watching || undefined}
      onClick={toggle}
      {...keyHint(actKeys.watch)}
    >
      <Icon size={17} stroke={1.7} aria-hidden />
      <span className={classes.word}>
        {run.watching ? 'Watching' : 'Watch'}
        <span className="hs-visually-hidden">{run.watching ? ' this request: stop' : ' this request'}</span>
      </span>
    </Button>
  );
}

/** The change is on the screen at once, and taken back with a word when it is refused. */
function useWatch(run: Run) {
  const client = useQueryClient();
  const options = {
    onSuccess: (after: Run) => applyRun(client, after),
    onError: (error: Error) => {
      applyWatching(client, run, run.watching);
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.list');
    },
  };
  const add = useAct('watchers.add', options);
  const remove = useAct('watchers.remove', options);
  const toggle = () => {
    if (add.isPending || remove.isPending) return;
    applyWatching(client, run, !run.watching);
    (run.watching ? remove : add).mutate({ run_id: run.id });
  };
  return { toggle, offered: run.watching || run.can.watch };
}
