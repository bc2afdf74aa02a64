import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '@/api/query';
import { FilterButton } from '@/ui/filter-button';
import { type InboxSearch, narrowed } from './address';
import { isTaskView } from './views';

type Facet = { value: string; name: string; count: number };
type FiltersProps = { search: InboxSearch; set: (to: Partial<InboxSearch>) => void };

/** By what the list can be narrowed: what really occurs in it, with how often. */
export function Filters({ search, set }: FiltersProps) {
  const { view = 'mine' } = search;
  if (view === 'drafts') return null;
  return (
    <FilterButton
      narrowed={narrowed(search)}
      onClear={() =>
        set({ workflow: undefined, step: undefined, from: undefined, older: undefined, status: undefined })
      }
    >
      {isTaskView(view) ? <OfTasks view={view} search={search} set={set} /> : <OfRequests search={search} set={set} />}
    </FilterButton>
  );
}

const choices = (facets: Facet[] | undefined, present: string | undefined) => {
  const known = (facets ?? []).map((f) => ({ value: f.value, label: `${f.name} (${f.count})` }));
  const missing = present && !known.some((each) => each.value === present);
  return [{ value: '', label: 'Any' }, ...known, ...(missing ? [{ value: present, label: present }] : [])];
};

const ages = [
  { value: '', label: 'Any time' },
  { value: '1', label: 'More than a day' },
  { value: '3', label: 'More than 3 days' },
  { value: '7', label: 'More than a week' },
  { value: '30', label: 'More than 30 days' },
];

function OfTasks({ view, search, set }: FiltersProps & { view: 'mine' | 'claimable' | 'team' }) {
  const { data } = useQuery(read('tasks.facets', { view, workflow: search.workflow }));
  const own = search.older && !ages.some((age) => age.value === String(search.older));
  return (
    <>
      <NativeSelect
        label="Workflow"
        data={choices(data?.workflows, search.workflow)}
        value={search.workflow ?? ''}
        onChange={(event) => set({ workflow: event.currentTarget.value || undefined, step: undefined })}
      />
      {search.workflow && (
        <NativeSelect
          label="Step"
          data={choices(data?.steps, search.step)}
          value={search.step ?? ''}
          onChange={(event) => set({ step: event.currentTarget.value || undefined })}
        />
      )}
      <NativeSelect
        label="From"
        data={choices(data?.initiators, search.from)}
        value={search.from ?? ''}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label="Waiting for"
        data={own ? [...ages, { value: String(search.older), label: `More than ${search.older} days` }] : ages}
        value={String(search.older ?? '')}
        onChange={(event) => set({ older: Number(event.currentTarget.value) || undefined })}
      />
    </>
  );
}

function OfRequests({ search, set }: FiltersProps) {
  return (
    <NativeSelect
      label="Status"
      data={[
        { value: '', label: 'Any' },
        { value: 'open', label: 'Under way' },
        { value: 'ended', label: 'Ended' },
      ]}
      value={search.status ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        set({ status: value === 'open' || value === 'ended' ? value : undefined });
      }}
    />
  );
}
