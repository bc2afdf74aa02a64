export { ActDialog, type ActDialogProps } from './act-dialog';
export type { Overtaken } from './overtaken';
