export { CandidatePicker, type CandidateSource } from './candidate-picker';
export { PersonPicker } from './person-picker';
