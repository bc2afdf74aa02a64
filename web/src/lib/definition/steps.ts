import type { Definition, DocumentStep, DocumentTransition, Point } from './document';
import { patched, stepOf, stepsOf } from './document';
import { shifted } from './form';
import { freeName, nameFrom, titled } from './names';
import { mapRules, renameStepInRule } from './rules';

/** Ids that mean something else where a step is named, and that of the built-in Reject where an arrow is. */
const reserved = ['previous', 'initiator', 'others'];
const builtIn = 'reject';
const ids = (doc: Definition) => [...reserved, ...stepsOf(doc).map((s) => s.id)];
const mapStep = (doc: Definition, id: string, change: (step: DocumentStep) => DocumentStep): Definition => ({
  ...doc,
  steps: stepsOf(doc).map((s) => (s.id === id ? change(s) : s)),
});

/** A start that names no transition leads to the step listed next; before the order changes it says so. */
function explicit(doc: Definition): Definition {
  const steps = stepsOf(doc);
  const i = steps.findIndex((s) => s.type === 'start' && !s.transitions?.length);
  const [start, next] = [steps[i], steps[i + 1]];
  if (!start || !next) return doc;
  return mapStep(doc, start.id, (s) => ({ ...s, transitions: [{ id: next.id, to: next.id }] }));
}

/** Adds a step at the end, under a free id and a name that no other step has. */
export function addStep(doc: Definition, step: Omit<DocumentStep, 'id'>, at?: Point): { doc: Definition; id: string } {
  const sure = explicit(doc);
  const named = uniqueName(sure, step.name || titled(step.type));
  const id = freeName(nameFrom(named) || step.type, ids(sure));
  const next = { ...sure, steps: [...stepsOf(sure), { ...step, id, name: named }] };
  return { doc: at ? moveSteps(next, { [id]: at }) : next, id };
}

function uniqueName(doc: Definition, name: string, except?: string): string {
  const taken = new Set(stepsOf(doc).flatMap((s) => (s.id === except ? [] : [s.name || titled(s.id)])));
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) if (!taken.has(`${name} ${n}`)) return `${name} ${n}`;
}

/** Sets members of a step; undefined takes one away. */
export const changeStep = (doc: Definition, id: string, patch: Partial<DocumentStep>): Definition =>
  mapStep(doc, id, (s) => patched(s, patch));

/** Gives a step another id wherever the definition speaks of it. Nothing happens when the id is taken. */
export function renameStep(doc: Definition, from: string, to: string): Definition {
  if (from === to || !stepOf(doc, from) || stepOf(doc, to)) return doc;
  const sure = explicit(doc);
  const id = (given: string) => (given === from ? to : given);
  const ruled = mapRules(sure, (source) => renameStepInRule(source, from, to));
  const out: Definition = {
    ...ruled,
    steps: stepsOf(ruled).map((s) => ({
      ...s,
      id: id(s.id),
      ...(s.assignee?.step && { assignee: { ...s.assignee, step: id(s.assignee.step) } }),
      ...(s.vote?.groups && {
        vote: {
          ...s.vote,
          groups: s.vote.groups.map((g) =>
            g.assignee?.step ? { ...g, assignee: { ...g.assignee, step: id(g.assignee.step) } } : g,
          ),
        },
      }),
      ...(s.transitions && { transitions: s.transitions.map((t) => ({ ...t, to: id(t.to) })) }),
      ...(s.send_back?.to && { send_back: { ...s.send_back, to: s.send_back.to.map(id) } }),
    })),
  };
  if (doc.duties?.apart) out.duties = { ...doc.duties, apart: doc.duties.apart.map(([a, b]) => [id(a), id(b)]) };
  if (doc.canvas) out.canvas = Object.fromEntries(Object.entries(doc.canvas).map(([k, p]) => [id(k), p]));
  return out;
}

/** Removes steps with the arrows to and from them. Rules that name them stay, to be seen to. */
export function removeSteps(doc: Definition, away: string[]): Definition {
  const sure = explicit(doc);
  const gone = new Set(away.filter((id) => stepOf(doc, id)));
  if (gone.size === 0) return doc;
  const out: Definition = {
    ...sure,
    steps: stepsOf(sure)
      .filter((s) => !gone.has(s.id))
      .map((s) =>
        patched(s, {
          transitions: s.transitions?.filter((t) => !gone.has(t.to)),
          ...(s.send_back?.to && {
            send_back: patched(s.send_back, { to: s.send_back.to.filter((t) => !gone.has(t)) }),
          }),
        }),
      ),
  };
  if (doc.duties?.apart) {
    out.duties = patched(doc.duties, { apart: doc.duties.apart.filter((pair) => !pair.some((id) => gone.has(id))) });
  }
  if (doc.canvas) out.canvas = Object.fromEntries(Object.entries(doc.canvas).filter(([id]) => !gone.has(id)));
  return patched(out, {});
}

/** Why no arrow can lead from one step to another, in words; undefined when one can. */
export function connectRefusal(doc: Definition, from: string, to: string): string | undefined {
  const [source, target] = [stepOf(doc, from), stepOf(doc, to)];
  if (!source || !target) return 'There is no such step.';
  if (from === to) return 'A step cannot lead to itself.';
  if (source.type === 'end') return 'Nothing comes after an end.';
  if (target.type === 'start') return 'Nothing leads to the start. To give a request back, people use Send back.';
  if (source.type !== 'task' && source.type !== 'condition' && source.transitions?.some((t) => t.to === to)) {
    return 'This arrow is there already.';
  }
  return undefined;
}

/**
 * Draws an arrow. The one with which a blank workflow begins, from the start to an end, is led
 * elsewhere: nobody means to keep it.
 */
export function connect(doc: Definition, from: string, to: string, given: Partial<DocumentTransition> = {}) {
  if (connectRefusal(doc, from, to)) return { doc, id: undefined };
  const source = stepOf(doc, from) as DocumentStep;
  const before = source.transitions ?? [];
  const [only] = before;
  const replaced =
    source.type === 'start' && before.length === 1 && only && !only.when && stepOf(doc, only.to)?.type === 'end';
  const id = replaced ? only.id : freeName(given.id || to, [builtIn, ...before.map((t) => t.id)]);
  const kind = source.type === 'task' && !before.some((t) => t.kind === 'approve') ? 'approve' : undefined;
  const arrow = patched<DocumentTransition>({ id, to }, { kind, ...(replaced ? only : {}), ...given, id, to });
  const transitions = replaced ? [arrow] : [...before, arrow];
  return { doc: mapStep(doc, from, (s) => ({ ...s, transitions })), id };
}

const mapTransitions = (
  doc: Definition,
  step: string,
  change: (list: DocumentTransition[]) => DocumentTransition[],
): Definition => mapStep(doc, step, (s) => patched(s, { transitions: change(s.transitions ?? []) }));

export const transitionOf = (doc: Definition, step: string, id: string): DocumentTransition | undefined =>
  stepOf(doc, step)?.transitions?.find((t) => t.id === id);

/** Sets members of an arrow; undefined takes one away. */
export const changeTransition = (
  doc: Definition,
  step: string,
  id: string,
  patch: Partial<DocumentTransition>,
): Definition => mapTransitions(doc, step, (list) => list.map((t) => (t.id === id ? patched(t, patch) : t)));

export const removeTransition = (doc: Definition, step: string, id: string): Definition =>
  mapTransitions(doc, step, (list) => list.filter((t) => t.id !== id));

/** The order of arrows is the order of buttons, and of a condition that in which they are tried. */
export const moveTransition = (doc: Definition, step: string, id: string, by: number): Definition =>
  mapTransitions(doc, step, (list) =>
    shifted(
      list,
      list.findIndex((t) => t.id === id),
      by,
    ),
  );

/** Leads an arrow elsewhere, from another step or to another one. It keeps what is said of it. */
export function reconnect(doc: Definition, step: string, id: string, from: string, to: string) {
  const arrow = transitionOf(doc, step, id);
  if (!arrow || (from === step && to === arrow.to) || connectRefusal(doc, from, to)) return { doc, id };
  if (from === step) return { doc: changeTransition(doc, step, id, { to }), id };
  return connect(removeTransition(doc, step, id), from, to, arrow);
}

/** The order of steps is that of the outline. */
export const moveStep = (doc: Definition, id: string, by: number): Definition => {
  const sure = explicit(doc);
  const steps = stepsOf(sure);
  const next = shifted(
    steps,
    steps.findIndex((s) => s.id === id),
    by,
  );
  return next === steps ? doc : { ...sure, steps: next };
};

/** Places steps on the canvas, at whole points. */
export function moveSteps(doc: Definition, places: Record<string, Point>): Definition {
  const canvas = { ...doc.canvas };
  for (const [id, [x, y]] of Object.entries(places)) canvas[id] = [Math.round(x), Math.round(y)];
  return { ...doc, canvas };
}

/** Steps that were copied, with the arrows between them and where they stood. */
export type StepsCopy = { steps: DocumentStep[]; canvas: Record<string, Point> };

export function copySteps(doc: Definition, chosen: string[]): StepsCopy {
  const set = new Set(chosen);
  const steps = stepsOf(doc).filter((s) => set.has(s.id) && s.type !== 'start');
  const canvas = Object.fromEntries(
    steps.flatMap((s) => (doc.canvas?.[s.id] ? [[s.id, doc.canvas[s.id] as Point]] : [])),
  );
  return structuredClone({ steps, canvas });
}

/** Puts copied steps beside what is there, under ids and names of their own. Arrows to steps that are not here are left out. */
export function pasteSteps(doc: Definition, copy: StepsCopy, by: Point = [40, 40]): { doc: Definition; ids: string[] } {
  let out = explicit(doc);
  const fresh = new Map<string, string>();
  for (const step of copy.steps) {
    const place = copy.canvas[step.id];
    const at: Point | undefined = place && [place[0] + by[0], place[1] + by[1]];
    const { id: _, ...rest } = step;
    const added = addStep(out, rest, at);
    out = added.doc;
    fresh.set(step.id, added.id);
  }
  const added = new Set(fresh.values());
  const to = (id: string) => fresh.get(id) ?? (stepOf(doc, id) ? id : undefined);
  const steps = stepsOf(out).map((s) => {
    if (!added.has(s.id)) return s;
    const transitions = s.transitions?.flatMap((t) => {
      const target = fresh.get(t.to);
      return target ? [{ ...t, to: target }] : [];
    });
    const back = s.send_back?.to?.flatMap((id) => (id === 'previous' || id === 'initiator' ? [id] : (to(id) ?? [])));
    const previous = s.assignee?.step && { assignee: { ...s.assignee, step: to(s.assignee.step) ?? s.assignee.step } };
    return patched(s, { transitions, ...(back && { send_back: { ...s.send_back, to: back } }), ...previous });
  });
  return { doc: { ...out, steps }, ids: [...added] };
}
