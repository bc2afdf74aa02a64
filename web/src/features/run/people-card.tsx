import type { HistoryItem, Run } from '@/api/types';
import { aboutPerson } from '@/components/person';
import { Avatar } from '@/ui/avatar';
import { Card } from '@/ui/card';
import { involvedIn } from './involved';
import classes from './people-card.module.css';

/** Who has, had or will have a part in the request. */
export function PeopleCard({ run, history }: { run: Run; history: HistoryItem[] }) {
  return (
    <Card title="People">
      <ul className={classes.list}>
        {involvedIn(run, history).map(({ person, parts, open }) => (
          <li key={person.id} className={classes.person} title={person.email}>
            <Avatar name={person.name} size={28} />
            <span className={classes.words}>
              <span className={classes.name} data-open={open || undefined}>
                {person.name}
              </span>
              <span className={classes.about}>
                {parts.join(' · ')}
                <span className={classes.more}>{aboutPerson(person)}</span>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
