import { ActionIcon, Autocomplete, Button, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Option } from '@/api/types';
import { elementKind, listOf, rowOperator } from '@/lib/rule/rows';
import { IconPlus, IconX } from '@/ui/icons';
import { fromLocal, toLocal } from '../form-renderer/fields/datetime';
import { PersonById } from '../person';
import { PersonPicker } from '../user-picker';
import { useOffered } from './directory';
import classes from './rows-editor.module.css';
import { VariableSelect } from './variable-select';
import type { Variable } from './variables';

export type ValueInputProps = {
  /** What it is, for those who hear it: "Condition 2: value". */
  label: string;
  describedBy?: string;
  invalid: boolean;
  variable: Variable;
  operator: string;
  /** Whether the value names another variable. */
  other: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
};

/** What a row compares with: one input by the kind of its variable, two, several, or none. */
export function ValueInput(props: ValueInputProps) {
  switch (rowOperator(props.operator)?.values) {
    case undefined:
    case 0:
      return null;
    case 1:
      return <One {...props} />;
    case 2:
      return <Pair {...props} />;
  }
  return <Several {...props} />;
}

/** Nothing entered is nothing, and not an empty text. */
const orNone = (text: string | null) => text || undefined;
const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function One(props: ValueInputProps) {
  const { variable, other, value, onChange } = props;
  const { label, describedBy, invalid } = props;
  if (other) return <OtherVariable {...props} />;
  const tied = { 'aria-label': label, 'aria-describedby': describedBy, error: invalid };
  const kind = elementKind(variable.kind);
  if (kind === 'bool')
    return <Chosen {...tied} options={yesNo} value={textOf(value)} onChange={(v) => onChange(v === 'true')} />;
  if (kind === 'number') return <NumberText {...props} />;
  if (kind === 'date')
    return (
      <TextInput
        {...tied}
        type="date"
        value={textOf(value)}
        onChange={(e) => onChange(orNone(e.currentTarget.value))}
      />
    );
  if (kind === 'timestamp')
    return (
      <TextInput
        {...tied}
        type="datetime-local"
        value={toLocal(value)}
        onChange={(e) => onChange(orNone(fromLocal(e.currentTarget.value)))}
      />
    );
  if (variable.picks === 'user') return <PersonValue {...props} />;
  return <TextValue {...props} />;
}

const yesNo: Option[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function OtherVariable({ label, describedBy, invalid, variable, value, onChange }: ValueInputProps) {
  const kind = elementKind(variable.kind);
  return (
    <VariableSelect
      label={label}
      describedBy={describedBy}
      invalid={invalid}
      placeholder="Compare with"
      value={textOf(value)}
      onChange={onChange}
      fits={(other) => other.kind === kind && other.name !== variable.name}
    />
  );
}

/** Kept as it is typed while it is no number: "1." is on the way to 1.5, and "1,5" is one by another custom. */
function NumberText({ label, describedBy, invalid, value, onChange }: ValueInputProps) {
  const enter = (text: string) => onChange(String(Number(text)) === text ? Number(text) : orNone(text));
  const settle = () => {
    const text = textOf(value)
      .trim()
      .replace(/^(-?\d+),(\d+)$/, '$1.$2');
    if (text && Number.isFinite(Number(text))) onChange(Number(text));
  };
  return (
    <TextInput
      aria-label={label}
      aria-describedby={describedBy}
      error={invalid}
      inputMode="decimal"
      autoComplete="off"
      placeholder="A number"
      value={textOf(value)}
      onChange={(event) => enter(event.currentTarget.value)}
      onBlur={settle}
    />
  );
}

function PersonValue({ label, describedBy, invalid, value, onChange }: ValueInputProps) {
  const id = useId();
  return (
    <div>
      <span id={id} className="hs-visually-hidden">
        {label}
      </span>
      <PersonPicker
        labelledBy={id}
        describedBy={describedBy}
        invalid={invalid}
        placeholder="Find a person"
        value={orNone(textOf(value))}
        onChange={onChange}
      />
    </div>
  );
}

/** A text: one of a list where there is one, with suggestions where the directory has some, else free. */
function TextValue({ label, describedBy, invalid, variable, value, onChange }: ValueInputProps) {
  const offered = useOffered(variable.picks);
  const tied = { 'aria-label': label, 'aria-describedby': describedBy, error: invalid };
  const options = variable.options ?? offered;
  const text = textOf(value);
  if (variable.picks === 'designation')
    return (
      <Autocomplete
        {...tied}
        data={options?.map((option) => option.value) ?? []}
        limit={50}
        value={text}
        onChange={(next) => onChange(orNone(next))}
        placeholder="A job title"
      />
    );
  if (options || variable.picks) return <Chosen {...tied} options={options ?? []} value={text} onChange={onChange} />;
  return (
    <TextInput
      {...tied}
      autoComplete="off"
      placeholder="A text"
      value={text}
      onChange={(event) => onChange(orNone(event.currentTarget.value))}
    />
  );
}

type ChosenProps = {
  'aria-label': string;
  'aria-describedby'?: string;
  error: boolean;
  options: Option[];
  value: string;
  onChange: (value: string | undefined) => void;
};

/** One of a list. What is stored and no longer there stays as it is until something else is chosen. */
function Chosen({ options, value, onChange, ...tied }: ChosenProps) {
  return (
    <Select
      {...tied}
      data={withPresent(options, value ? [value] : [])}
      value={value || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable={options.length > 7}
      allowDeselect={false}
      placeholder="Choose"
      nothingFoundMessage="Nothing matches"
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

function withPresent(options: Option[], present: string[]) {
  const data = options.map(({ value, label }) => ({ value, label: label || value }));
  const missing = present.filter((value) => !options.some((option) => option.value === value));
  return [...data, ...missing.map((value) => ({ value, label: value }))];
}

function Pair(props: ValueInputProps) {
  const [from, to] = listOf(props.value);
  // What is missing is null and no empty text, which would be a value.
  const put = (a: unknown, b: unknown) => props.onChange([a ?? null, b ?? null]);
  return (
    <div className={classes.pair}>
      <One {...props} label={`${props.label}, from`} value={from} onChange={(next) => put(next, to)} />
      <span className={classes.joint}>and</span>
      <One {...props} label={`${props.label}, to`} value={to} onChange={(next) => put(from, next)} />
    </div>
  );
}

function Several(props: ValueInputProps) {
  const { variable, other } = props;
  const kind = elementKind(variable.kind);
  if (other || kind === 'date' || kind === 'timestamp' || kind === 'bool') return <Stacked {...props} />;
  if (variable.picks === 'user') return <PeopleValues {...props} />;
  return <Tags {...props} numbers={kind === 'number'} />;
}

/** Several texts or numbers: of a list, or typed with Enter after each. */
function Tags({
  label,
  describedBy,
  invalid,
  variable,
  value,
  onChange,
  numbers,
}: ValueInputProps & { numbers: boolean }) {
  const offered = useOffered(variable.picks);
  const options = variable.options ?? offered;
  const present = listOf(value).map(textOf);
  const tied = { 'aria-label': label, 'aria-describedby': describedBy, error: invalid, value: present };
  const give = (texts: string[]) => {
    const values = texts.map((text) => (numbers && Number.isFinite(Number(text)) ? Number(text) : text));
    onChange(values.length > 0 ? values : undefined);
  };
  const free = !variable.options && (!variable.picks || variable.picks === 'designation');
  if (free)
    return (
      <TagsInput
        {...tied}
        data={options?.map((option) => option.value) ?? []}
        limit={50}
        onChange={give}
        acceptValueOnBlur
        placeholder={present.length > 0 ? '' : 'Enter after each'}
        comboboxProps={{ shadow: 'md' }}
      />
    );
  return (
    <MultiSelect
      {...tied}
      data={withPresent(options ?? [], present)}
      onChange={give}
      // A place to type in takes a line of its own below what is chosen: only where there is much to search.
      searchable={!options || options.length > 7}
      placeholder={present.length > 0 ? '' : 'Choose'}
      nothingFoundMessage="Nothing matches"
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

function PeopleValues(props: ValueInputProps) {
  const present = listOf(props.value).map(textOf);
  const give = (ids: string[]) => props.onChange(ids.length > 0 ? ids : undefined);
  return (
    <div className={classes.stacked}>
      <PersonValue {...props} value={undefined} onChange={(id) => id && give([...new Set([...present, String(id)])])} />
      {present.length > 0 && (
        <ul className={classes.people} aria-label="Chosen">
          {present.map((id) => (
            <li key={id}>
              <PersonById id={id} />
              <Out label="Take this person out" onClick={() => give(present.filter((other) => other !== id))} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One input below the other, for kinds that have no list. */
function Stacked(props: ValueInputProps) {
  const given = listOf(props.value);
  const present = given.length > 0 ? given : [null];
  const put = (at: number, value: unknown) => props.onChange(present.with(at, value ?? null));
  return (
    <div className={classes.stacked}>
      {present.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values have no name and may be equal
        <div key={at} className={classes.pair}>
          <One {...props} label={`${props.label} ${at + 1}`} value={value} onChange={(next) => put(at, next)} />
          {present.length > 1 && (
            <Out label={`Take value ${at + 1} out`} onClick={() => props.onChange(present.toSpliced(at, 1))} />
          )}
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={() => props.onChange([...present, null])}
      >
        One more value
      </Button>
    </div>
  );
}

const Out = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onClick}>
    <IconX size={14} aria-hidden />
  </ActionIcon>
);
