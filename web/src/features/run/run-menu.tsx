import { ActionIcon, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { applyRun } from '@/api/effects';
import { read, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { IconCopy, IconDots, IconPrinter, IconX } from '@/ui/icons';
import { LinkItem } from '@/ui/link-button';
import { say } from '@/ui/toast';
import { useOvertaken } from './steady';

/** What can be done with the request as a whole. */
export function RunMenu({ run }: { run: Run }) {
  const { data: me } = useQuery(read('me.get', {}));
  const [cancelling, setCancelling] = useState(false);
  const params = { workflow: run.workflow.key };
  const own = me?.user.id === run.initiator.id;
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More about this request">
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden />}
            // The menu has to be gone from the page first.
            onClick={() => setTimeout(() => print(), 200)}
          >
            Print
          </Menu.Item>
          {own && (
            <LinkItem
              leftSection={<IconCopy size={16} stroke={1.7} aria-hidden />}
              to="/workflows/$workflow/start"
              params={params}
              search={{ from: run.number || run.id }}
            >
              Ask again with this
            </LinkItem>
          )}
          {run.can.cancel && (
            <Menu.Item
              c="var(--hs-red-text)"
              leftSection={<IconX size={16} stroke={1.7} aria-hidden />}
              onClick={() => setCancelling(true)}
            >
              Cancel the request
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {cancelling && <CancelDialog run={run} onClose={() => setCancelling(false)} />}
    </>
  );
}

function CancelDialog({ run, onClose }: { run: Run; onClose: () => void }) {
  const client = useQueryClient();
  const cancel = useAct('runs.cancel', {
    onSuccess: (after) => {
      applyRun(client, after);
      say(`${run.number ?? run.title} is cancelled.`);
      onClose();
    },
  });
  const overtaken = useOvertaken({ run, still: (latest) => !latest.ended_at, pending: cancel.isPending, onClose });
  return (
    <ActDialog
      title="Cancel the request"
      intro="It ends without an outcome; open tasks vanish. This cannot be taken back."
      submit="Cancel the request"
      tone="red"
      comment="required"
      pending={cancel.isPending}
      error={cancel.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment = '' }) => cancel.mutate({ run_id: run.id, comment })}
    />
  );
}
