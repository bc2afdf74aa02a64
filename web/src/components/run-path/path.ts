import type { Run, Visit } from '@/api/types';

/** One place on the way of a run: where it has been, where it is, where it may still come. */
export type Stop = {
  key: string;
  name: string;
  state: 'done' | 'here' | 'back' | 'ahead' | 'end' | 'stopped';
  /** For the reader's eye and ear: "Ravi Menon chose HR". */
  about?: string;
  at?: string;
};

const names = (visit: Visit) => (visit.decided_by ?? []).map((person) => person.name).join(', ');

function stopOf(visit: Visit): Stop {
  const base = { key: String(visit.seq), name: visit.name, at: visit.left_at ?? visit.entered_at };
  if (visit.type === 'end') return { ...base, state: 'end' };
  if (visit.status === 'incident') return { ...base, state: 'stopped', about: 'cannot go on' };
  if (visit.status === 'running' || visit.status === 'waiting') return { ...base, state: 'here' };
  const who = names(visit);
  const about = who
    ? [who, visit.transition_name && `chose ${visit.transition_name}`].filter(Boolean).join(' ')
    : undefined;
  return { ...base, state: visit.status === 'cancelled' ? 'back' : 'done', about };
}

/** The stops of a run. Steps that decide by themselves are not shown: they are not places where anything waits. */
export function stopsOf(run: Pick<Run, 'path' | 'steps' | 'status'>): Stop[] {
  const walked = run.path.filter((visit) => visit.type !== 'condition').map(stopOf);
  if (run.status !== 'running' && run.status !== 'held') return walked;
  const last = run.path.at(-1);
  const reached = run.steps.findIndex((step) => step.step_id === last?.step_id);
  const been = new Set(run.path.map((visit) => visit.step_id));
  const ahead = run.steps
    .slice(reached + 1)
    .filter((step) => step.type === 'task' && !been.has(step.step_id))
    .map((step): Stop => ({ key: step.step_id, name: step.name, state: 'ahead' }));
  return [...walked, ...ahead];
}

/** A long path shows its beginning and its end; the middle is counted. */
export function shorten(stops: Stop[], most = 9): { stops: Stop[]; left: number } {
  if (stops.length <= most) return { stops, left: 0 };
  const tail = stops.slice(-(most - 1));
  return { stops: [stops[0] as Stop, ...tail], left: stops.length - most };
}
