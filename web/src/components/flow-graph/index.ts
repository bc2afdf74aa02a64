export type { FlowMark, FlowState, FlowStep, FlowTransition } from './flow';
export { FlowGraph, type FlowGraphProps } from './flow-graph';
