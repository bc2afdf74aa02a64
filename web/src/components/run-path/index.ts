export { RunPath } from './run-path';
