export { PendingComment, RunTimeline } from './run-timeline';
export { groupsOf, sentence } from './words';
