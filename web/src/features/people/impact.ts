import type { Out } from '@/api/types';

export type Impact = Out<'users.impact'>;

/** Something that would be left behind, and what becomes of it. */
export type Left = { key: string; what: string; fate: string; names: string[]; rest: number };

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** What disabling somebody leaves behind, the most pressing first. */
export function leftBehind(impact: Impact): Left[] {
  const { open_tasks: tasks, open_requests: requests, reports, some_reports: some, departments, workflows } = impact;
  const all: (Left | false)[] = [
    tasks > 0 && {
      key: 'tasks',
      what: count(tasks, 'open task', 'open tasks'),
      fate: `${tasks === 1 ? 'It goes' : 'They go'} to whom the workflow would ask instead, within seconds.`,
      names: [],
      rest: 0,
    },
    reports > 0 && {
      key: 'reports',
      what: count(reports, 'person reports to them', 'people report to them'),
      fate: 'What their manager has to sign goes one level up, until they have another one.',
      names: some.map((person) => person.name),
      rest: reports - some.length,
    },
    departments.length > 0 && {
      key: 'departments',
      what: count(departments.length, 'department headed', 'departments headed'),
      fate: 'What the head has to sign goes to the owner of the workflow.',
      names: departments.map((department) => department.name),
      rest: 0,
    },
    workflows.length > 0 && {
      key: 'workflows',
      what: count(workflows.length, 'workflow owned', 'workflows owned'),
      fate: 'Where nobody else is found, the owner’s managers are asked instead.',
      names: workflows.map((workflow) => workflow.name),
      rest: 0,
    },
    requests > 0 && {
      key: 'requests',
      what: count(requests, 'request of their own under way', 'requests of their own under way'),
      fate: requests === 1 ? 'It goes on.' : 'They go on.',
      names: [],
      rest: 0,
    },
  ];
  return all.filter((left): left is Left => left !== false);
}
