import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { read } from '@/api/query';
import type { User } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import type { Impact } from './impact';
import { PersonLink } from './person-link';
import classes from './person-page.module.css';

/** What hangs on a person: who reports, what waits, what is headed and owned. */
export function Responsible({ user }: { user: User }) {
  const impact = useQuery(read('users.impact', { user_id: user.id }));
  return (
    <Card
      title="Responsible for"
      action={
        <Link to="/people/tree" search={{ person: user.id }} className={classes.more}>
          Reporting lines
        </Link>
      }
    >
      <QueryState query={impact} what="What hangs on this person" loading={<LoadingRows rows={3} />}>
        {(found) => <Things impact={found} />}
      </QueryState>
    </Card>
  );
}

function Things({ impact }: { impact: Impact }) {
  const { some_reports: some, reports, departments, workflows, open_tasks: tasks, open_requests: requests } = impact;
  const rest = reports - some.length;
  const things: [string, ReactNode][] = [
    [
      `Reports (${reports})`,
      some.length > 0 && (
        <span className={classes.people}>
          {some.map((person) => (
            <PersonLink key={person.id} person={person} />
          ))}
          {rest > 0 && <span className={classes.quiet}>and {rest} more</span>}
        </span>
      ),
    ],
    ['Departments headed', departments.map((d) => d.name).join(', ')],
    ['Workflows owned', workflows.map((w) => w.name).join(', ')],
    ['Open tasks', tasks > 0 && String(tasks)],
    ['Own requests under way', requests > 0 && String(requests)],
  ];
  const present = things.filter(([, value]) => value);
  if (present.length === 0) return <p className={classes.quiet}>Nothing at present.</p>;
  return (
    <dl className={classes.things}>
      {present.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
