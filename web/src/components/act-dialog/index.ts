export { ActDialog } from './act-dialog';
export type { Overtaken } from './overtaken';
