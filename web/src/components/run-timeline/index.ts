export { PendingComment, RunTimeline } from './run-timeline';
export { groupsOf, listed, sentence } from './words';
