import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { key, read, useAct } from '@/api/query';
import type { User } from '@/api/types';
import { QueryState, Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { Banner, LoadingRows } from '@/ui/feedback';
import { say } from '@/ui/toast';
import classes from './dialogs.module.css';
import { outdatePeople } from './effects';
import { type Impact, leftBehind } from './impact';
import { MoveDialog } from './move-dialog';
import { useRights } from './people-tabs';

/** Keeps somebody from signing in, having said what that leaves behind. */
export function DisableDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useQueryClient();
  const impact = useQuery({ ...read('users.impact', { user_id: user.id }), staleTime: 0 });
  const disable = useAct('users.disable', {
    onSuccess: (out) => {
      client.setQueryData(key('users.get', { user_id: user.id }), out.user);
      outdatePeople(client);
      say(`${user.name} can no longer sign in.`);
      onClose();
    },
  });
  const may = useRights();
  const [moving, setMoving] = useState(false);
  if (moving) return <MoveDialog user={user} onClose={() => setMoving(false)} />;
  return (
    <Dialog title={`Disable ${user.name}`} onClose={onClose}>
      <div className={classes.form}>
        <QueryState query={impact} what="What this affects" loading={<LoadingRows rows={3} />}>
          {(found) => (
            <>
              <What impact={found} name={user.name} />
              {found.open_tasks > 0 && may('task.reassign_any') && (
                <Button variant="default" onClick={() => setMoving(true)}>
                  Hand the tasks over first…
                </Button>
              )}
            </>
          )}
        </QueryState>
        <Refusal error={disable.error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {impact.data && !impact.data.irreplaceable && (
            <Button
              color="var(--hs-danger)"
              loading={disable.isPending}
              onClick={() => disable.mutate({ user_id: user.id, revision: user.revision })}
            >
              Disable
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function What({ impact, name }: { impact: Impact; name: string }) {
  if (impact.irreplaceable) {
    return (
      <Banner tone="amber" title="This is the last person who can manage roles">
        Give somebody else a role with that right first.
      </Banner>
    );
  }
  const left = leftBehind(impact);
  return (
    <>
      <p>
        {name} is signed out everywhere within seconds and cannot sign in again until enabled. What was decided stays on
        record.
      </p>
      {left.length === 0 ? (
        <p className={classes.quiet}>Nothing is left behind: no tasks, no reports, no department, no workflow.</p>
      ) : (
        <ul className={classes.left} aria-label="What this affects">
          {left.map(({ key: id, what, fate, names, rest }) => (
            <li key={id}>
              <strong>{what}</strong>
              {names.length > 0 && (
                <span className={classes.names}>
                  {names.join(', ')}
                  {rest > 0 && ` and ${rest} more`}
                </span>
              )}
              <span className={classes.quiet}>{fate}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
