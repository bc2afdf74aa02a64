import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api/query';
import { useNamedPerson, useRememberPerson } from '../person';
import { PeopleCombobox, type PeopleComboboxProps } from './people-combobox';

type PersonPickerProps = Omit<PeopleComboboxProps, 'value' | 'onChange' | 'people' | 'loading' | 'onSearch'> & {
  /** The id of the chosen person. */
  value: string | undefined;
  onChange: (id: string | undefined) => void;
};

/** Chooses any active person of the organization, for user fields. */
export function PersonPicker({ value, onChange, ...props }: PersonPickerProps) {
  const [words, setWords] = useState('');
  const [query] = useDebouncedValue(words, 150);
  const person = useNamedPerson(value);
  const keep = useRememberPerson();
  const found = useQuery({ ...read('people.search', { query, limit: 20 }), placeholderData: keepPreviousData });
  return (
    <PeopleCombobox
      {...props}
      value={person}
      onChange={(chosen) => {
        if (chosen) keep(chosen);
        onChange(chosen?.id);
      }}
      people={found.data?.items ?? []}
      loading={found.isFetching && words !== query}
      onSearch={setWords}
    />
  );
}
