export { CandidatePicker, type CandidateSource } from './candidate-picker';
export { CandidatesPicker } from './candidates-picker';
export { PersonPicker } from './person-picker';
