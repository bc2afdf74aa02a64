import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Run } from '@/api/types';
import { Bone, Loading } from '@/ui/feedback';
import { RunPath } from './run-path';
import classes from './run-path.module.css';

// Most readers never need the drawing: it is loaded when it is asked for.
const RunGraph = lazy(() => import('./run-graph'));

/** The way of a run as a calm line, and as the whole graph one press away. */
export function WholePath({ run }: { run: Run }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className={classes.whole}>
        <RunPath run={run} />
        <Button
          className={classes.toggle}
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide the graph' : 'Show as a graph'}
        </Button>
      </div>
      {open && (
        <div className={classes.graph}>
          <Suspense
            fallback={
              <Loading label="Loading the graph">
                <Bone height={220} />
              </Loading>
            }
          >
            <RunGraph run={run} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
