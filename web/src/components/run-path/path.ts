import type { Run, Visit } from '@/api/types';

/** One place on the way of a run: where it has been, where it is, where it may still come. */
export type Stop = {
  key: string;
  name: string;
  state: 'done' | 'here' | 'back' | 'ahead' | 'end' | 'stopped';
  /** For the reader's eye and ear: "Ravi Menon chose HR". */
  about?: string;
  at?: string;
  /** It lies in another branch than the place before it: both at the same time. */
  beside?: boolean;
};

const names = (visit: Visit) => (visit.decided_by ?? []).map((person) => person.name).join(', ');

function stopOf(visit: Visit): Stop {
  const base = { key: String(visit.seq), name: visit.name, at: visit.left_at ?? visit.entered_at };
  if (visit.type === 'end') return { ...base, state: 'end' };
  if (visit.status === 'incident') return { ...base, state: 'stopped', about: 'cannot go on' };
  if (active(visit)) return { ...base, state: 'here', about: visit.again ? 'asked again' : undefined };
  const who = names(visit);
  const about = who
    ? [who, visit.transition_name && `chose ${visit.transition_name}`].filter(Boolean).join(' ')
    : undefined;
  return { ...base, state: visit.status === 'cancelled' ? 'back' : 'done', about };
}

/** Steps that decide by themselves are no places where anything waits. */
const silent = new Set(['condition', 'fork', 'join']);
/** What is decided and waits for somebody else is not where it is. */
const active = (visit: Visit) => (visit.status === 'running' || visit.status === 'waiting') && !visit.waits;

type Visits = Map<number, Visit>;
const before = (visit: Visit, visits: Visits) => (visit.cause ? visits.get(visit.cause) : undefined);

/** The visit of the fork in whose branch another visit lies. */
function forkOf(visit: Visit, visits: Visits): number | undefined {
  let closed = 0;
  for (let at = before(visit, visits); at; at = before(at, visits)) {
    if (at.type === 'join') closed++;
    else if (at.type === 'fork' && closed-- === 0) return at.seq;
  }
  return undefined;
}

function leadsTo(from: Visit, to: Visit, visits: Visits): boolean {
  for (let at: Visit | undefined = to; at; at = before(at, visits)) if (at.seq === from.seq) return true;
  return false;
}

/** Whether two visits lie in branches of one fork, neither after the other. */
function sideBySide(one: Visit, other: Visit, visits: Visits): boolean {
  const fork = forkOf(other, visits);
  return fork !== undefined && forkOf(one, visits) === fork && !leadsTo(one, other, visits);
}

/** The stops of a run. */
export function stopsOf(run: Pick<Run, 'path' | 'steps' | 'status'>): Stop[] {
  const visits = new Map(run.path.map((visit) => [visit.seq, visit]));
  const shown = run.path.filter((visit) => !silent.has(visit.type));
  const walked = shown.map((visit, i): Stop => {
    const last = shown[i - 1];
    return last && sideBySide(last, visit, visits) ? { ...stopOf(visit), beside: true } : stopOf(visit);
  });
  if (run.status !== 'running' && run.status !== 'held') return walked;
  const present = run.path.filter((visit) => active(visit) && visit.type !== 'join');
  const from = present.length > 0 ? present : run.path.slice(-1);
  const reached = Math.min(...from.map((visit) => run.steps.findIndex((step) => step.step_id === visit.step_id)));
  const been = new Set(run.path.map((visit) => visit.step_id));
  const ahead = run.steps
    .slice(reached + 1)
    .filter((step) => (step.type === 'task' || step.type === 'workflow') && !been.has(step.step_id))
    .map((step): Stop => ({ key: step.step_id, name: step.name, state: 'ahead' }));
  return [...walked, ...ahead];
}

/** A long path shows its beginning and its end; the middle is counted. */
export function shorten(stops: Stop[], most = 9): { stops: Stop[]; left: number } {
  if (stops.length <= most) return { stops, left: 0 };
  const tail = stops.slice(-(most - 1));
  return { stops: [stops[0] as Stop, ...tail], left: stops.length - most };
}
