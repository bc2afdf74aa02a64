import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api/query';
import type { Candidate } from '@/api/types';
import { PeopleCombobox } from '@/components/user-picker/people-combobox';
import { IconX } from '@/ui/icons';
import { useErrors } from '../settings/controls';
import classes from './flow.module.css';

type PersonProps = {
  label: string;
  path: string;
  /** An address, or an id. */
  value: string | undefined;
  onChange: (email: string | undefined) => void;
  placeholder?: string;
  exclude?: string[];
};

/** A person by name. The document keeps the address, which people can read and other installations know. */
export function PersonSetting({ label, path, value, onChange, placeholder, exclude = [] }: PersonProps) {
  const [words, setWords] = useState('');
  const [query] = useDebouncedValue(words, 150);
  const errors = useErrors(path);
  const found = useQuery({ ...read('people.search', { query, limit: 20 }), placeholderData: keepPreviousData });
  const person = usePerson(value);
  return (
    <PeopleCombobox
      label={label}
      placeholder={placeholder ?? 'Choose a person'}
      error={errors?.join(' ')}
      value={person}
      people={(found.data?.items ?? []).filter((p) => !exclude.includes(p.email))}
      loading={found.isFetching && words !== query}
      onSearch={setWords}
      onChange={(chosen) => onChange(chosen?.email)}
    />
  );
}

function usePerson(value: string | undefined): Candidate | undefined {
  const found = useQuery({ ...read('people.search', { query: value ?? '', limit: 5 }), enabled: Boolean(value) });
  if (!value) return undefined;
  const same = found.data?.items.find((p) => p.email === value || p.id === value);
  return same ?? { id: value, email: value, name: value, status: 'active' };
}

type PeopleProps = { label: string; path: string; value: string[]; onChange: (emails: string[]) => void };

/** Several people by name. */
export function PeopleSetting({ label, path, value, onChange }: PeopleProps) {
  return (
    <div className={classes.people}>
      <PersonSetting
        label={label}
        path={path}
        value={undefined}
        exclude={value}
        placeholder={value.length > 0 ? 'Choose one more' : 'Choose people'}
        onChange={(email) => email && onChange([...value, email])}
      />
      {value.length > 0 && (
        <ul aria-label="Chosen">
          {value.map((email) => (
            <Chosen key={email} email={email} onRemove={() => onChange(value.filter((other) => other !== email))} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Chosen({ email, onRemove }: { email: string; onRemove: () => void }) {
  const name = usePerson(email)?.name ?? email;
  return (
    <li>
      <span>{name}</span>
      <button type="button" aria-label={`Take ${name} out`} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </button>
    </li>
  );
}
