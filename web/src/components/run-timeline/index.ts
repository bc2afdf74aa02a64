export { PendingComment, RunTimeline } from './run-timeline';
