import { type Definition, type DocumentField, fieldsOf, stepsOf, titled } from '@/lib/definition';
import { nameOf } from './adapter';

export type Choice = { value: string; label: string };

/** Where an arrow can lead from a step. */
export const targetsOf = (doc: Definition, from: string): Choice[] =>
  stepsOf(doc).flatMap((s) => (s.id !== from && s.type !== 'start' ? [{ value: s.id, label: nameOf(s) }] : []));

export const tasksBeside = (doc: Definition, id: string): Choice[] =>
  stepsOf(doc).flatMap((s) => (s.type === 'task' && s.id !== id ? [{ value: s.id, label: nameOf(s) }] : []));

export const labelOf = (field: DocumentField): string => field.label || titled(field.name);

export const fieldChoices = (fields: DocumentField[], ...types: string[]): Choice[] =>
  fields.flatMap((f) => (types.length === 0 || types.includes(f.type) ? [{ value: f.name, label: labelOf(f) }] : []));

export const formChoices = (doc: Definition, ...types: string[]): Choice[] => fieldChoices(fieldsOf(doc), ...types);
