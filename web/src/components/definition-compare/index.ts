export { type Comparison, compare, isSame } from './compare';
export { DefinitionComparison } from './comparison';
