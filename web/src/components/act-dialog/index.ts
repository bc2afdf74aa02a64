export { ActDialog } from './act-dialog';
