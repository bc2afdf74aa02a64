import { Combobox, type ComboboxStore, InputBase, Loader, useCombobox } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { Candidate } from '@/api/types';
import { shortMoment } from '@/lib/dates';
import { Avatar } from '@/ui/avatar';
import { IconX } from '@/ui/icons';
import { aboutPerson } from '../person';
import classes from './people-combobox.module.css';

export type PeopleComboboxProps = {
  id?: string;
  label?: ReactNode;
  labelledBy?: string;
  describedBy?: string;
  placeholder?: string;
  required?: boolean;
  invalid?: boolean;
  error?: ReactNode;
  value: Candidate | undefined;
  onChange: (person: Candidate | undefined) => void;
  onBlur?: () => void;
  /** What to offer for the words typed so far. */
  people: Candidate[];
  loading?: boolean;
  onSearch: (words: string) => void;
  /** Where a dialog begins. */
  first?: boolean;
  /** Below the list: that there are more, for instance. */
  hint?: string;
};

/** Finds one person by typing; each shows why they are offered. */
export function PeopleCombobox(props: PeopleComboboxProps) {
  const { value, onChange, people, loading, onSearch, hint } = props;
  const [typed, setTyped] = useState<string>();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped(undefined);
    },
  });
  useBestMatch(combobox, people);
  const search = (words: string) => {
    setTyped(words);
    onSearch(words);
    combobox.openDropdown();
  };
  const choose = (id: string) => {
    onChange(people.find((person) => person.id === id));
    onSearch('');
    combobox.closeDropdown();
  };
  const open = () => {
    onSearch('');
    combobox.openDropdown();
  };
  return (
    // Above a popover in which it may stand.
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" withinPortal zIndex={310}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          aria-autocomplete="list"
          id={props.id}
          label={props.label}
          aria-labelledby={props.labelledBy}
          aria-describedby={props.describedBy}
          aria-invalid={props.invalid || undefined}
          aria-required={props.required || undefined}
          required={props.label ? props.required : undefined}
          error={props.error ?? props.invalid}
          autoComplete="off"
          data-autofocus={props.first || undefined}
          placeholder={props.placeholder}
          leftSection={value && typed === undefined ? <Avatar name={value.name} size={22} /> : undefined}
          rightSection={right(props, loading)}
          rightSectionPointerEvents={value && !loading ? 'auto' : 'none'}
          value={typed ?? value?.name ?? ''}
          onChange={(event) => search(event.currentTarget.value)}
          onClick={open}
          onBlur={() => {
            combobox.closeDropdown();
            props.onBlur?.();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Options people={people} chosen={value?.id} loading={loading} />
        {hint && people.length > 0 && <Combobox.Footer className={classes.hint}>{hint}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Enter takes the best match, also when the list came only after the words. */
function useBestMatch(combobox: ComboboxStore, people: Candidate[]) {
  const offered = people.map((person) => person.id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is new in every render; what is offered counts
  useEffect(() => {
    if (combobox.dropdownOpened && offered) combobox.selectFirstOption();
  }, [offered, combobox.dropdownOpened]);
}

type OptionsProps = { people: Candidate[]; chosen: string | undefined; loading: boolean | undefined };

function Options({ people, chosen, loading }: OptionsProps) {
  return (
    <Combobox.Options mah={280} className={classes.options}>
      {people.map((person) => (
        <Combobox.Option key={person.id} value={person.id} active={person.id === chosen}>
          <span className={classes.option}>
            <Avatar name={person.name} size={26} />
            <span className={classes.lines}>
              <span className={classes.name}>{person.name}</span>
              <span className={classes.about}>{person.reason || aboutPerson(person)}</span>
              {person.away_until && (
                <span className={classes.away}>away until {shortMoment(person.away_until)}; a stand-in decides</span>
              )}
            </span>
          </span>
        </Combobox.Option>
      ))}
      {people.length === 0 && <Combobox.Empty>{loading ? 'Looking…' : 'Nobody matches'}</Combobox.Empty>}
    </Combobox.Options>
  );
}

function right({ value, onChange, required }: PeopleComboboxProps, loading: boolean | undefined): ReactNode {
  if (loading) return <Loader size={14} />;
  if (!value || required) return undefined;
  return (
    <button
      type="button"
      className={classes.clear}
      aria-label={`Clear ${value.name}`}
      onClick={() => onChange(undefined)}
    >
      <IconX size={14} aria-hidden />
    </button>
  );
}
