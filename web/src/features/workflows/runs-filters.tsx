import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import type { Definition, RunRow } from '@/api/types';
import { stepName } from '@/components/definition-words';
import { useRememberPerson } from '@/components/person';
import { stateOf } from '@/components/status';
import { PersonPicker } from '@/components/user-picker';
import { FilterButton } from '@/ui/filter-button';
import { SearchBox } from '@/ui/search-box';
import classes from './runs-page.module.css';

/** What the list of a workflow's runs is narrowed by, as it stands in the address. */
export type Narrowing = {
  q?: string;
  status?: string;
  period?: string;
  outcome?: string;
  step?: string;
  from?: string;
};

type RunsFiltersProps = {
  search: Narrowing;
  document: Definition | undefined;
  rows: RunRow[] | undefined;
  set: (to: Narrowing) => void;
};

export function RunsFilters({ search, document, rows, set }: RunsFiltersProps) {
  const words = useCallback((q: string) => set({ q: q || undefined }), [set]);
  return (
    <div className={classes.filters}>
      <SearchBox label="Search runs" value={search.q ?? ''} onChange={words} />
      <SegmentedControl
        aria-label="Status"
        value={search.status ?? 'all'}
        onChange={(value) => set({ status: value === 'all' ? undefined : value })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'open', label: 'Under way' },
          { value: 'ended', label: 'Ended' },
        ]}
      />
      <More search={search} document={document} rows={rows} set={set} />
    </div>
  );
}

/** The rarer ones: outcome, present step, requester. */
function More({ search, document, rows, set }: RunsFiltersProps) {
  const { outcome, step, from } = search;
  const narrowed = [outcome, step, from].filter(Boolean).length;
  useNamedRequester(from, rows);
  const steps = document?.steps ?? [];
  return (
    <FilterButton narrowed={narrowed} onClear={() => set({ outcome: undefined, step: undefined, from: undefined })}>
      <NativeSelect
        label="Outcome"
        data={options(
          steps.flatMap((each) =>
            each.type === 'end' && each.outcome ? [[each.outcome, outcomeName(each.outcome)]] : [],
          ),
          outcome,
        )}
        value={outcome ?? ''}
        onChange={(event) => set({ outcome: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label="Is now at"
        data={options(
          steps.filter((each) => each.type !== 'end').map((each) => [each.id, stepName(each)]),
          step,
        )}
        value={step ?? ''}
        onChange={(event) => set({ step: event.currentTarget.value || undefined })}
      />
      <PersonPicker label="From" placeholder="Anybody" value={from} onChange={(id) => set({ from: id })} />
    </FilterButton>
  );
}

const outcomeName = (outcome: string) => stateOf({ status: 'completed', outcome }).word;

/** What an address names stays to be chosen, also when the present version no longer has it. */
function options(known: string[][], present: string | undefined) {
  const unique = [...new Map(known.map(([value = '', label = '']) => [value, label]))];
  if (present && !unique.some(([value]) => value === present)) unique.push([present, present]);
  return [{ value: '', label: 'Any' }, ...unique.map(([value, label]) => ({ value, label }))];
}

/** Whom an address names is known from the rows, all of which are theirs. */
function useNamedRequester(from: string | undefined, rows: RunRow[] | undefined) {
  const keep = useRememberPerson();
  const person = rows?.find((row) => row.initiator.id === from)?.initiator;
  useEffect(() => {
    if (person) keep(person);
  }, [person, keep]);
}
