import type { Run, Visit } from '@/api/types';
import type { FlowMark, FlowState, FlowStep, FlowTransition } from '../flow-graph';
import { inWords } from '../status';

type Walked = Pick<Run, 'path' | 'steps' | 'tasks' | 'status'>;
const active = (visit: Visit) => (visit.status === 'running' || visit.status === 'waiting') && !visit.waits;

/** The steps a run can still come to from where it is. */
function reachable({ path, steps }: Walked): Set<string> {
  const found = new Set<string>();
  const queue = path.filter((visit) => active(visit) || visit.status === 'incident').map((visit) => visit.step_id);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const way of steps.find((step) => step.step_id === id)?.ways ?? []) {
      if (found.has(way.to_step_id)) continue;
      found.add(way.to_step_id);
      queue.push(way.to_step_id);
    }
  }
  return found;
}

/** The graph of a run: its steps, who decided or decides there, the ways it went, and where it may still go. */
export function graphOf(run: Walked) {
  const ahead = reachable(run);
  const visitsOf = (id: string) => run.path.filter((visit) => visit.step_id === id);
  const steps = run.steps.map((step): FlowStep => {
    const names = visitsOf(step.step_id).flatMap((visit) => visit.decided_by ?? []);
    const holders = run.tasks.filter((task) => task.step_id === step.step_id);
    const held = few(holders.map((task) => task.assignee?.name ?? 'Waits to be taken'));
    const about = held || few(names.map((person) => person.name)) || inWords(step.who ?? '');
    return { id: step.step_id, name: step.name, type: step.type, about: about || undefined };
  });
  const marks = Object.fromEntries(
    run.steps.map((step): [string, FlowMark] => {
      const visits = visitsOf(step.step_id);
      const arrived = step.type === 'join' ? visits.filter(active).length : 0;
      // What has arrived at a join waits for the other branches: the request is with those.
      if (arrived > 0) return [step.step_id, { state: 'may', count: arrived, noun: 'arrived' }];
      return [step.step_id, { state: stateOf(visits, ahead.has(step.step_id)) }];
    }),
  );
  return { steps, marks, transitions: waysOf(run) };
}

/** Of many the first, and how many more; each once. */
function few(names: string[]): string {
  const [first, ...rest] = [...new Set(names)];
  if (rest.length > 1) return `${first} and ${rest.length} more`;
  return [first, ...rest].filter(Boolean).join(', ');
}

function stateOf(visits: Visit[], ahead: boolean): FlowState {
  if (visits.some((visit) => visit.status === 'incident')) return 'stopped';
  if (visits.some(active)) return 'here';
  if (visits.some((visit) => visit.status === 'succeeded')) return 'been';
  return ahead ? 'may' : 'past';
}

function waysOf({ path, steps }: Walked): FlowTransition[] {
  const gone = new Set(
    path.flatMap((visit) => {
      const before = path.find((other) => other.seq === visit.cause);
      return before ? [`${before.step_id}>${before.transition_id ?? ''}>${visit.step_id}`] : [];
    }),
  );
  return steps.flatMap((step) =>
    step.ways.map(({ id, to_step_id: to, name }) => ({
      id,
      from: step.step_id,
      to,
      name,
      been: gone.has(`${step.step_id}>${id}>${to}`) || gone.has(`${step.step_id}>>${to}`),
    })),
  );
}
