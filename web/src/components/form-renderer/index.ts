export { ErrorSummary, jumpTo } from './error-summary';
export { FormRenderer } from './form-renderer';
export { fieldsWithoutLife, fieldView, liveText, previewForm } from './preview';
export { changedValues, enteredValues, isLive } from './settle';
export { type FormHandle, useForm } from './use-form';
