export { onReturned, push as undoable } from './stack';
export { UndoHost } from './undo-host';
