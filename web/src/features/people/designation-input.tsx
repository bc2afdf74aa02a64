import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '@/api/query';

type DesignationInputProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
};

/** A job title: any text, with those in use offered, so that the same one is not spelled in two ways. */
export function DesignationInput({ onChange, autoFocus, ...props }: DesignationInputProps) {
  const tree = useQuery({ ...read('people.tree', {}), staleTime: 300_000 });
  const inUse = useMemo(
    () => [...new Set(tree.data?.items.flatMap((person) => person.designation || []))].sort(),
    [tree.data],
  );
  return (
    <Autocomplete
      {...props}
      data-autofocus={autoFocus || undefined}
      data={inUse}
      limit={30}
      onChange={onChange}
      comboboxProps={{ shadow: 'md' }}
      autoComplete="off"
    />
  );
}
