import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asApiError } from '@/api/errors';
import { read } from '@/api/query';
import type { Out, RuleSource } from '@/api/types';
import { aboutPerson, PersonChip } from '../person';
import classes from './rule-editor.module.css';
import type { Variable } from './variables';

type Found = Out<'rules.people'>;
type MatchesProps = { source: RuleSource; variables: Map<string, Variable> };

/** Who matches a rule over people now: how many, the first by name, and more of them when asked. */
export function Matches({ source, variables }: MatchesProps) {
  const [rule] = useDebouncedValue(source, 400);
  const found = useQuery({
    ...read('rules.people', { rule }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const error = found.error && asApiError(found.error);
  // Who may not design is not told, and needs no word about it.
  if (error?.code === 'forbidden') return null;
  const old = found.isPlaceholderData || JSON.stringify(rule) !== JSON.stringify(source);
  const data = error ? undefined : found.data;
  return (
    <div className={classes.matches} data-old={old || undefined}>
      <div role="status" data-tone={data && !data.depends && data.count === 0 ? 'amber' : undefined}>
        {error
          ? `Who matches cannot be told: ${error.message}`
          : data
            ? matchWords(data, variables)
            : 'Looking who matches…'}
      </div>
      {data && data.people.length > 2 && <Names found={data} />}
    </div>
  );
}

/** "14 people match now: Anna Rao, Ben Holt and 12 others." */
export function matchWords({ count, more, people, depends, on }: Found, variables: Map<string, Variable>): string {
  if (depends) return dependsWords(on ?? [], variables);
  if (count === 0) return 'Nobody matches now.';
  const all = more ? `More than ${count.toLocaleString('en-GB')}` : count.toLocaleString('en-GB');
  const who = count === 1 ? '1 person matches now' : `${all} people match now`;
  const named = people.slice(0, 2).map(({ name }) => name);
  const others = count - named.length;
  const rest =
    others === 0
      ? []
      : [more ? 'many others' : `${others.toLocaleString('en-GB')} ${others === 1 ? 'other' : 'others'}`];
  return `${who}: ${new Intl.ListFormat('en-GB').format([...named, ...rest])}.`;
}

function dependsWords(on: string[], variables: Map<string, Variable>): string {
  const labels = on.map((name) => variables.get(name)?.label ?? rangeLabel(name, variables) ?? name);
  const params = on.every((name) => name.startsWith('params.'));
  const what = params ? 'the parameters of the workflow' : 'the request';
  return `Who matches depends on ${what}: on ${new Intl.ListFormat('en-GB').format(labels.map((label) => `“${label}”`))}.`;
}

/** A money and a range of dates are variables by their parts alone. */
const rangeLabel = (name: string, variables: Map<string, Variable>): string | undefined =>
  [...variables.values()].find((variable) => variable.name.startsWith(`${name}.`))?.label.replace(/: [^:]*$/, '');

function Names({ found: { people, count, more } }: { found: Found }) {
  const [shown, show] = useState(false);
  const others = count - people.length;
  return (
    <>
      <button type="button" className={classes.link} aria-expanded={shown} onClick={() => show(!shown)}>
        {shown ? 'Hide names' : 'Show names'}
      </button>
      {shown && (
        <ul className={classes.names}>
          {people.map((person) => (
            <li key={person.id}>
              <PersonChip person={person} />
              <span className={classes.about}>{aboutPerson(person)}</span>
            </li>
          ))}
          {others > 0 && <li className={classes.about}>and {more ? 'many' : others.toLocaleString('en-GB')} more</li>}
        </ul>
      )}
    </>
  );
}
