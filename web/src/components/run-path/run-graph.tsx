import type { Run } from '@/api/types';
import { FlowGraph } from '../flow-graph';
import { graphOf } from './graph';

/** The whole path as a graph: where the run has been, where it is, where it may still go. */
export default function RunGraph({ run }: { run: Run }) {
  const graph = graphOf(run);
  return <FlowGraph label={`Path of ${run.number || run.title}`} {...graph} />;
}
