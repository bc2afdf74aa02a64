import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { read } from '@/api/query';
import { onOthers } from './migrated';

const MigrateDialog = lazy(() => import('./migrate-dialog').then((m) => ({ default: m.MigrateDialog })));

/** Offers to move requests to the published version, while some are under way by another one. */
export function MigrateAct({ workflow }: { workflow: string }) {
  const [open, setOpen] = useState(false);
  const { data } = useQuery(read('runs.versions', { workflow }));
  if (!open && (!data || onOthers(data) === 0)) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Move runs to version {data?.to_version}…
      </Button>
      {open && (
        <Suspense fallback={null}>
          <MigrateDialog workflow={workflow} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
