import type { RunRow, TaskRow } from '@/api/types';

/** One line of the list: a task, or a request as a whole. The key stands in the address. */
export type Line = { key: string; ref: string; task?: TaskRow; run?: RunRow };

/** Two tasks of one request are two lines; the second bears a mark that the request does not have. */
function keyed<T>(rows: T[], ref: (row: T) => string, rest: (row: T) => Partial<Line>): Line[] {
  const met = new Map<string, number>();
  return rows.map((row) => {
    const name = ref(row);
    const nth = (met.get(name) ?? 0) + 1;
    met.set(name, nth);
    return { key: nth === 1 ? name : `${name}~${nth}`, ref: name, ...rest(row) };
  });
}

export const linesOfTasks = (rows: TaskRow[]): Line[] =>
  keyed(
    rows,
    (task) => task.number || task.run_id,
    (task) => ({ task }),
  );

export const linesOfRuns = (rows: RunRow[]): Line[] =>
  keyed(
    rows,
    (run) => run.number || run.id,
    (run) => ({ run }),
  );
