import { changeTransition, type Definition, freeName, nameFrom, renameStep, stepOf, stepsOf } from '@/lib/definition';
import type { DrawnArrow } from './adapter';

/** What an arrow is called; nothing means: as the step it leads to. */
export function renameArrow(doc: Definition, arrow: Pick<DrawnArrow, 'from' | 'id'>, name: string): Definition {
  const old = arrow.id === undefined ? undefined : stepOf(doc, arrow.from)?.transitions?.find((t) => t.id === arrow.id);
  if (!old || (old.name ?? '') === name.trim()) return doc;
  return changeTransition(doc, arrow.from, old.id, { name: name.trim() || undefined });
}

const reserved = ['previous', 'initiator', 'others'];

/** The id that belongs to the name of a step; the one it has where no other fits. */
export function idFromName(doc: Definition, id: string): string {
  const wanted = nameFrom(stepOf(doc, id)?.name ?? '');
  if (wanted === '') return id;
  const others = stepsOf(doc).flatMap((s) => (s.id === id ? [] : [s.id]));
  return freeName(wanted, [...reserved, ...others]);
}

/** Lets the id of a step follow its name, as long as nothing outside of the draft knows it. */
export function followName(doc: Definition, id: string): { doc: Definition; id: string } {
  const next = idFromName(doc, id);
  const named = renameStep(doc, id, next);
  return named === doc ? { doc, id } : { doc: named, id: next };
}
