import { ActionIcon, Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { Task } from '@/api/types';
import { IconArrowBackUp, IconDots, IconHandGrab, IconUserPlus } from '@/ui/icons';
import { say } from '@/ui/toast';

type ActMoreProps = {
  task: Task;
  onSendBack: (() => void) | undefined;
  sendBackName: string | undefined;
  onReassign: (() => void) | undefined;
};

/** The rarer acts: in a menu, and the sending back beside it where there is room. */
export function ActMore({ task, onSendBack, sendBackName = 'Send back', onReassign }: ActMoreProps) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const client = useQueryClient();
  const release = useAct('tasks.release', {
    onSuccess: (run) => {
      applyRun(client, run);
      say('Given back: others can take it now.');
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'tasks.list');
    },
  });
  const entries = [
    narrow && onSendBack && { label: sendBackName, icon: IconArrowBackUp, act: onSendBack },
    onReassign && { label: 'Reassign', icon: IconUserPlus, act: onReassign },
    task.can.release && { label: 'Give back', icon: IconHandGrab, act: () => release.mutate({ task_id: task.id }) },
  ].filter((entry) => entry !== false && entry !== undefined);
  return (
    <>
      {entries.length > 0 && (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More acts" loading={release.isPending}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {entries.map(({ label, icon: Icon, act }) => (
              <Menu.Item key={label} leftSection={<Icon size={16} stroke={1.7} aria-hidden />} onClick={act}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {!narrow && onSendBack && (
        <Button variant="default" onClick={onSendBack}>
          {sendBackName}
        </Button>
      )}
    </>
  );
}
