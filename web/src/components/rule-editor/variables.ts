import type { Kind } from '@/lib/rule';

export type Variable = { name: string; label: string; kind: Kind; group: string };

/** Stands in until the editor of rules is merged. */
export const variablesOf = (_document: unknown, _about?: 'people'): Variable[] => [];
