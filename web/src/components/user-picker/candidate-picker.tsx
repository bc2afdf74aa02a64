import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { read } from '@/api/query';
import type { Candidate, In, Values } from '@/api/types';
import { PeopleCombobox } from './people-combobox';

/** Where further candidates are found when those at hand are not all. */
export type CandidateSource =
  | { task_id: string; transition?: string; step_id?: string; for?: In<'tasks.candidates'>['for'] }
  | { workflow: string; step_id: string };

export type CandidatePickerProps = {
  id?: string;
  label: ReactNode;
  candidates: Candidate[];
  /** The values being entered, when they changed: the candidates at hand may not be right with them. */
  values?: Values;
  /** Whether there are more than those at hand. */
  more?: boolean;
  source: CandidateSource;
  value: Candidate | undefined;
  onChange: (person: Candidate | undefined) => void;
  error?: string;
  required?: boolean;
  placeholder?: string;
  /** Where a dialog begins. */
  first?: boolean;
  /** Those who are not offered, as they are chosen already. */
  exclude?: Candidate[];
};

const matches = (person: Candidate, words: string) => {
  const text = [person.name, person.email, person.designation, person.department].join(' ').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const limit = 20;
const ask = (source: CandidateSource, query: string, values?: Values) =>
  'task_id' in source
    ? read('tasks.candidates', { ...source, query, values, limit })
    : read('runs.candidates', { ...source, query, values, limit });

/** Chooses among the people who may get a task. */
export function CandidatePicker(asked: CandidatePickerProps) {
  const { candidates, values, more = false, source, exclude = nobody, ...props } = asked;
  // Not open while undefined: then nobody is looked for.
  const [words, setWords] = useState<string>();
  const [query = ''] = useDebouncedValue(words, 150);
  const fresh = values !== undefined && words !== undefined;
  const asking = fresh || (more && (query.trim() !== '' || candidates.length === 0));
  const found = useQuery({ ...ask(source, query, values), enabled: asking, placeholderData: keepPreviousData });
  const local = candidates.filter((person) => matches(person, words ?? ''));
  const shown = asking ? (found.data?.items ?? (fresh ? [] : local)) : local;
  // Until the answer to these very words is there: Enter must not take somebody who was there for others.
  const behind = asking && (found.isPlaceholderData || query !== (words ?? ''));
  const offered = shown.filter((person) => !exclude.some((other) => other.id === person.id));
  const people = behind ? offered.filter((person) => matches(person, words ?? '')) : offered;
  const further = asking ? (found.data?.more ?? false) : more;
  return (
    <PeopleCombobox
      placeholder="Choose a person"
      {...props}
      people={people}
      loading={asking && found.isFetching}
      onSearch={setWords}
      onBlur={() => setWords(undefined)}
      hint={further ? 'There are more: type a name to find them.' : undefined}
    />
  );
}
const nobody: Candidate[] = [];
