export { type Flow, flowOf } from './definition';
export type { FlowMark, FlowState, FlowStep, FlowTransition } from './flow';
export { FlowGraph, type FlowGraphProps } from './flow-graph';
