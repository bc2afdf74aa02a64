export { ErrorSummary, jumpTo } from './error-summary';
export { FormRenderer } from './form-renderer';
export { changedValues, enteredValues, isLive } from './settle';
export { type FormHandle, useForm } from './use-form';
