import { type Definition, fieldsOf, layoutOf, pathOfField, type Selection, stepsOf, titled } from '@/lib/definition';

/** Something that keeps a draft from being published: where in the document, and what to do. */
export type Problem = { path: string; message: string };

/** The parts of the designer. */
export type Part = 'flow' | 'form' | 'outline' | 'text' | 'settings' | 'versions';
export type ProblemPlace = { part: Part; selection: Selection; where: string };

const formPath = /^form\.fields\.([^.]+)(?:\.columns\.([^.]+))?/;
const layoutPath = /^form\.layout\.(.+)$/;
const stepPath = /^steps\.([^.]+)(?:\.transitions\.([^.]+))?(?:\.fields\.([^.]+))?/;

/** Where in the designer a problem is mended, and how that place is called. */
export function placeOfProblem(doc: Definition, { path }: Problem): ProblemPlace {
  return (
    inForm(doc, path) ?? inSteps(doc, path) ?? { part: 'settings', selection: { kind: 'workflow' }, where: 'Workflow' }
  );
}

/** Paths name fields and steps, or, where two have one name, count them. */
function inForm(doc: Definition, path: string): ProblemPlace | undefined {
  const [, ref, column] = formPath.exec(path) ?? [];
  const field =
    ref === undefined ? undefined : (fieldsOf(doc).find((f) => f.name === ref) ?? fieldsOf(doc)[Number(ref)]);
  if (field) {
    const where = field.label || titled(field.name);
    const inner = field.columns?.find((c) => c.name === column) ?? field.columns?.[Number(column)];
    if (inner) {
      const selection = { kind: 'column', table: field.name, name: inner.name } as const;
      return { part: 'form', selection, where: `${where}, ${inner.label || titled(inner.name)}` };
    }
    return { part: 'form', selection: { kind: 'field', name: field.name }, where };
  }
  const [, item] = layoutPath.exec(path) ?? [];
  if (item) return { part: 'form', selection: { kind: 'item', path: item }, where: 'Layout' };
  return path.startsWith('form') ? { part: 'form', selection: { kind: 'form' }, where: 'Form' } : undefined;
}

function inSteps(doc: Definition, path: string): ProblemPlace | undefined {
  const [, ref, transition, field] = stepPath.exec(path) ?? [];
  const step = ref === undefined ? undefined : (stepsOf(doc).find((s) => s.id === ref) ?? stepsOf(doc)[Number(ref)]);
  if (!step)
    return path.startsWith('steps') ? { part: 'flow', selection: { kind: 'workflow' }, where: 'Steps' } : undefined;
  const where = step.name || titled(step.id);
  const arrow = step.transitions?.find((t) => t.id === transition) ?? step.transitions?.[Number(transition)];
  if (transition !== undefined && arrow) {
    return { part: 'flow', selection: { kind: 'transition', step: step.id, id: arrow.id }, where };
  }
  if (field && pathOfField(layoutOf(doc), field))
    return { part: 'form', selection: { kind: 'field', name: field }, where };
  return { part: 'flow', selection: { kind: 'steps', ids: [step.id] }, where };
}

/** The problems at a place and below it. */
export const problemsAt = (problems: Problem[], path: string): Problem[] =>
  problems.filter((p) => p.path === path || p.path.startsWith(`${path}.`));

/** The messages for one setting: `form.fields.days.calculate`. */
export const messagesAt = (problems: Problem[], path: string): string[] | undefined => {
  const found = problemsAt(problems, path).map((p) => p.message);
  return found.length > 0 ? found : undefined;
};
