export { RunPath } from './run-path';
export { WholePath } from './whole-path';
