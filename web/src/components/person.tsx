import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Person } from '@/api/types';
import { Avatar } from '@/ui/avatar';
import classes from './person.module.css';

/** A person in a line of text. */
export function PersonChip({ person, size = 20 }: { person: Person; size?: number }) {
  return (
    <span className={classes.chip} title={person.email}>
      <Avatar name={person.name} size={size} />
      <span className={classes.name}>{person.name}</span>
      {person.status === 'disabled' && <span className={classes.quiet}>(disabled)</span>}
    </span>
  );
}

/** Several people: the first by name, the rest counted. */
export function People({ people, none }: { people: Person[] | undefined; none?: string }) {
  const [first, ...rest] = people ?? [];
  if (!first) return none ? <span className={classes.quiet}>{none}</span> : null;
  return (
    <span className={classes.chip} title={(people ?? []).map((p) => p.name).join(', ')}>
      <Avatar name={first.name} size={20} />
      <span className={classes.name}>
        {first.name}
        {rest.length > 0 && <span className={classes.quiet}> and {rest.length} more</span>}
      </span>
    </span>
  );
}

/** What tells namesakes apart. */
export const aboutPerson = (person: Person): string =>
  [person.designation, person.department].filter(Boolean).join(' · ') || person.email;

const Named = createContext<Person[]>([]);

/** The people that values name, for the fields below. */
export const NamedPeople = Named.Provider;

const cached = (id: string) => ['person', id];

/** Keeps a person who was just chosen, so that the next page can name them. */
export function useRememberPerson() {
  const client = useQueryClient();
  return (person: Person) => client.setQueryData(cached(person.id), person);
}

/** The person of that id, where the page brought them along or they were chosen here. */
export function useNamedPerson(id: string | undefined): Person | undefined {
  const named = useContext(Named);
  const chosen = useQuery<Person>({
    queryKey: cached(id ?? ''),
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return id ? (named.find((person) => person.id === id) ?? chosen.data) : undefined;
}

export function PersonById({ id }: { id: string }) {
  const person = useNamedPerson(id);
  return person ? <PersonChip person={person} /> : <span className={classes.quiet}>A colleague</span>;
}
