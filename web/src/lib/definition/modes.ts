import type { Definition, DocumentField, DocumentStep, FieldMode, LayoutItem } from './document';
import { fieldOf, patched, stepsOf } from './document';
import { kindOf, layoutOf, namesIn } from './layout';
import { titled } from './names';

/** A column of the matrix fields × steps: a step, or readers without a task. */
export type ModeColumn = { kind: 'step'; id: string } | { kind: 'audience'; id: 'initiator' | 'others' };

/** What may be said in a column. Who edits a required field must fill it in. */
export function modesOf(column: ModeColumn, field: DocumentField): FieldMode[] {
  if (column.kind === 'audience' || field.calculate || field.type === 'note') return ['hidden', 'read'];
  if (field.required) return ['hidden', 'read', 'required'];
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
  if (said === 'edit' && field.required) return { mode: 'required', said: true };
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

export type MatrixColumn = ModeColumn & { label: string; start?: boolean };

/** The columns of the matrix: the steps in which people act, and readers without a task. */
export function matrixColumns(doc: Definition): MatrixColumn[] {
  const steps = stepsOf(doc)
    .filter((s) => s.type === 'start' || s.type === 'task')
    .map((s): MatrixColumn => ({ kind: 'step', id: s.id, label: s.name || titled(s.id), start: s.type === 'start' }));
  return [
    ...steps,
    { kind: 'audience', id: 'initiator', label: 'Requester' },
    { kind: 'audience', id: 'others', label: 'Everybody else' },
  ];
}

/** The rows of the matrix: the fields as they stand in the form, under the heading of their section. */
export function matrixRows(doc: Definition): { heading: string; fields: DocumentField[] }[] {
  const groups: { heading: string; fields: DocumentField[] }[] = [];
  const put = (heading: string, names: string[]) => {
    const fields = names.flatMap((name) => fieldOf(doc, name) ?? []);
    const last = groups.at(-1);
    if (last?.heading === heading) last.fields.push(...fields);
    else if (fields.length > 0) groups.push({ heading, fields });
  };
  const visit = (items: LayoutItem[], heading: string) => {
    for (const item of items) {
      if (kindOf(item) === 'section') visit(item.items ?? [], item.section || heading);
      else if (item.tabs) for (const tab of item.tabs) visit(tab.items ?? [], tab.label);
      else put(heading, namesIn(item));
    }
  };
  visit(layoutOf(doc), '');
  return groups;
}

/** The mode after this one, round and round. */
export function nextMode(column: ModeColumn, field: DocumentField, mode: FieldMode): FieldMode {
  const modes = modesOf(column, field);
  return modes[(modes.indexOf(mode) + 1) % modes.length] ?? 'read';
}

/** Says one mode for many fields of a column, for each as far as it can have it: an edited field that is required is required. */
export function setModesWhere(doc: Definition, column: ModeColumn, names: string[], mode: FieldMode): Definition {
  return names.reduce((now, name) => {
    const field = fieldOf(now, name);
    if (!field) return now;
    const modes = modesOf(column, field);
    const near = modes.includes(mode) ? mode : modes.includes('required') ? 'required' : 'read';
    return setModes(now, column, [name], near);
  }, doc);
}
