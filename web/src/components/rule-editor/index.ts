export { RuleEditor, type RuleEditorProps } from './rule-editor';
export { type Attribute, beforeStart, type Variable, variablesOf } from './variables';
