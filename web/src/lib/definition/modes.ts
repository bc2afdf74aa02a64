import type { Definition, DocumentField, DocumentStep, FieldMode } from './document';
import { fieldOf, patched, stepsOf } from './document';

/** A column of the matrix fields × steps: a step, or readers without a task. */
export type ModeColumn = { kind: 'step'; id: string } | { kind: 'audience'; id: 'initiator' | 'others' };

/** What may be said in a column. */
export function modesOf(column: ModeColumn, field: DocumentField): FieldMode[] {
  if (column.kind === 'audience' || field.calculate || field.type === 'note') return ['hidden', 'read'];
  return ['hidden', 'read', 'edit', 'required'];
}

/** What a field is where nothing is said: edited at the start, read later. */
export function defaultMode(step: DocumentStep | undefined, field: DocumentField): FieldMode {
  if (step?.type !== 'start' || field.calculate || field.type === 'note') return 'read';
  return field.required ? 'required' : 'edit';
}

/** The mode of a field in a column, and whether the definition says it. */
export function modeOf(doc: Definition, column: ModeColumn, field: DocumentField): { mode: FieldMode; said: boolean } {
  const said =
    column.kind === 'step'
      ? stepsOf(doc).find((s) => s.id === column.id)?.fields?.[field.name]
      : doc.audiences?.[column.id]?.[field.name];
  if (said) return { mode: said as FieldMode, said: true };
  if (column.kind === 'audience') return { mode: 'read', said: false };
  return {
    mode: defaultMode(
      stepsOf(doc).find((s) => s.id === column.id),
      field,
    ),
    said: false,
  };
}

/** Says the modes of fields in a column; what goes without saying is not written. */
export function setModes(doc: Definition, column: ModeColumn, names: string[], mode: FieldMode): Definition {
  if (column.kind === 'audience') {
    const modes = { ...doc.audiences?.[column.id] };
    for (const name of names) {
      if (mode === 'hidden') modes[name] = mode;
      else delete modes[name];
    }
    const audiences = { ...doc.audiences, [column.id]: modes };
    const kept = Object.fromEntries(Object.entries(audiences).filter(([, m]) => Object.keys(m).length > 0));
    return patched(doc, { audiences: kept });
  }
  const steps = stepsOf(doc).map((s) => {
    if (s.id !== column.id) return s;
    const fields = { ...s.fields };
    for (const name of names) {
      const field = fieldOf(doc, name);
      if (field && defaultMode(s, field) === mode) delete fields[name];
      else fields[name] = mode;
    }
    return patched(s, { fields });
  });
  return { ...doc, steps };
}
