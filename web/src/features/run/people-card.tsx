import { ActionIcon, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { applyRun } from '@/api/effects';
import { outdate, useAct } from '@/api/query';
import type { HistoryItem, Person, Run } from '@/api/types';
import { aboutPerson } from '@/components/person';
import { Avatar } from '@/ui/avatar';
import { Card } from '@/ui/card';
import { IconEye, IconUserPlus, IconX } from '@/ui/icons';
import { say } from '@/ui/toast';
import { involvedIn, onlyWatching } from './involved';
import { fewOf } from './labels';
import classes from './people-card.module.css';

// Asked for when it is wanted, not whenever a request is shown.
const AddPersonDialog = lazy(() => import('./add-person-dialog').then((m) => ({ default: m.AddPersonDialog })));

/** Who has, had or will have a part in the request, and who follows it. */
export function PeopleCard({ run, history }: { run: Run; history: HistoryItem[] }) {
  const involved = involvedIn(run, history);
  return (
    <Card title="People" action={run.can.add_stakeholder && <AddPerson run={run} />}>
      <ul className={classes.list}>
        {involved.map(({ person, parts, open }) => (
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
            <TakeOff run={run} person={person} />
          </li>
        ))}
      </ul>
      <Watchers people={onlyWatching(run, involved)} />
    </Card>
  );
}

function AddPerson({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        className={classes.add}
        size="compact-sm"
        variant="subtle"
        leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Add somebody
      </Button>
      {asking && (
        <Suspense>
          <AddPersonDialog run={run} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Takes somebody off the request again who was added to it, for those who may. */
function TakeOff({ run, person }: { run: Run; person: Person }) {
  const client = useQueryClient();
  const remove = useAct('stakeholders.remove', {
    onSuccess: (after) => {
      applyRun(client, after);
      say(`${person.name} is not added to this request any more.`);
    },
    onError: (error) => {
      say(error.message, 'red');
      void outdate(client, 'runs.get', 'runs.history');
    },
  });
  if (!run.stakeholders.some((each) => each.remove && each.person.id === person.id)) return null;
  return (
    <ActionIcon
      className={classes.off}
      variant="subtle"
      color="gray"
      size={28}
      aria-label={`Take ${person.name} off the request`}
      title="Take off the request"
      loading={remove.isPending}
      onClick={() => remove.mutate({ run_id: run.id, user_id: person.id })}
    >
      <IconX size={15} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}

/** Who has no part in it and follows it all the same. */
function Watchers({ people }: { people: Person[] }) {
  if (people.length === 0) return null;
  const names = people.map((person) => person.name);
  return (
    <p className={classes.watchers} title={names.join(', ')}>
      <IconEye size={15} stroke={1.7} aria-hidden /> Also watched by {fewOf(names)}
    </p>
  );
}
