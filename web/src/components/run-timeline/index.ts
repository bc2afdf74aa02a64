export { RunTimeline } from './run-timeline';
