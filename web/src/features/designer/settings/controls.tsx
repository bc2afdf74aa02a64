import { Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useMemo, useState } from 'react';
import { read } from '@/api/query';
import { beforeStart, RuleEditor, variablesOf } from '@/components/rule-editor';
import type { RuleSource } from '@/lib/definition';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { messagesAt } from '../problems';

/**
 * The controls of every settings panel. Each is bound to one place of the document: `path` names it
 * as problems do, so that what is wrong is said where it is mended.
 */
type Common<T> = {
  label: string;
  value: T | undefined;
  onChange: (value: T | undefined) => void;
  path?: string;
  description?: ReactNode;
  placeholder?: string;
  disabled?: boolean;
};

/** What is wrong at a place, as a control shows it. */
export function useErrors(path: string | undefined): string[] | undefined {
  const { problems } = useEditor();
  return path === undefined ? undefined : messagesAt(problems, path);
}
const asError = (errors: string[] | undefined) => errors?.join(' ');

export function TextSetting({ label, value, onChange, path, lines, ...rest }: Common<string> & { lines?: number }) {
  const error = asError(useErrors(path));
  const shared = {
    label,
    ...rest,
    value: value ?? '',
    error,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      onChange(event.currentTarget.value || undefined),
  };
  return lines ? <Textarea autosize minRows={lines} maxRows={12} {...shared} /> : <TextInput {...shared} />;
}

type NameProps = Common<string> & { valid: (text: string) => string | undefined };

/** A name that other things refer to: it changes when the control is left, and only to one that can be. */
export function NameSetting({ label, value, onChange, path, valid, ...rest }: NameProps) {
  const [text, setText] = useState(value ?? '');
  const [wrong, setWrong] = useState<string>();
  const found = asError(useErrors(path));
  useEffect(() => setText(value ?? ''), [value]);
  const leave = () => {
    const problem = text === value ? undefined : valid(text);
    setWrong(problem);
    if (!problem && text !== value) onChange(text);
  };
  return (
    <TextInput
      label={label}
      {...rest}
      value={text}
      error={wrong ?? found}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
    />
  );
}

type NumberProps = Common<number> & { whole?: boolean };

/** A number, or nothing. What is none yet stays in the control until it is one. */
export function NumberSetting({ label, value, onChange, path, whole, ...rest }: NumberProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const found = asError(useErrors(path));
  const parsed = numberOf(text, whole);
  const wrong = text !== '' && parsed === undefined ? (whole ? 'A whole number.' : 'A number.') : undefined;
  useEffect(() => {
    setText((now) => (numberOf(now, whole) === value && now !== '' ? now : value === undefined ? '' : String(value)));
  }, [value, whole]);
  return (
    <TextInput
      label={label}
      {...rest}
      inputMode={whole ? 'numeric' : 'decimal'}
      value={text}
      error={wrong ?? found}
      onChange={(event) => {
        const next = event.currentTarget.value.trim();
        setText(next);
        if (next === '') onChange(undefined);
        else if (numberOf(next, whole) !== undefined) onChange(numberOf(next, whole));
      }}
    />
  );
}

const numberOf = (text: string, whole = false): number | undefined => {
  if (!(whole ? /^-?\d{1,9}$/ : /^-?\d{1,15}(?:\.\d+)?$/).test(text)) return undefined;
  return Number(text);
};

export function SwitchSetting({
  label,
  value,
  onChange,
  description,
}: Omit<Common<boolean>, 'placeholder' | 'path' | 'disabled'>) {
  return (
    <Switch
      label={label}
      description={description}
      checked={value ?? false}
      onChange={(event) => onChange(event.currentTarget.checked || undefined)}
    />
  );
}

type SelectProps = Common<string> & {
  options: { value: string; label: string; disabled?: boolean }[];
  /** Whether nothing may be chosen. */
  clearable?: boolean;
  searchable?: boolean;
};

export function SelectSetting({ label, value, onChange, path, options, ...rest }: SelectProps) {
  const error = asError(useErrors(path));
  // What the document says is shown, also where it is not among the choices any more.
  const known = value === undefined || options.some((option) => option.value === value);
  const data = known ? options : [...options, { value, label: value }];
  return (
    <Select
      label={label}
      {...rest}
      data={data}
      value={value ?? null}
      error={error}
      allowDeselect={rest.clearable ?? false}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** A list of words. */
export function WordsSetting({ label, value, onChange, path, ...rest }: Common<string[]> & { data?: string[] }) {
  const error = asError(useErrors(path));
  return (
    <TagsInput
      label={label}
      {...rest}
      value={value ?? []}
      error={error}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

type RuleProps = Omit<Common<RuleSource>, 'placeholder' | 'description' | 'disabled'> & {
  gives?: 'bool' | 'text' | 'number' | 'any';
  about?: 'people';
  help?: string;
  /** What no rule means: "Everybody". */
  empty?: string;
  /** Whether it is asked before there is a request, of which nothing can be said then. */
  before?: boolean;
};

/** A rule, with the variables that this definition and the organization have. */
export function RuleSetting({ label, value, onChange, path, gives = 'bool', about, help, empty, before }: RuleProps) {
  const { doc } = useEditor();
  const attributes = useQuery({ ...read('attributes.list', {}), staleTime: 60_000 }).data?.items;
  const errors = useErrors(path);
  const variables = useMemo(() => {
    const all = variablesOf(doc, about, attributes);
    return before ? beforeStart(all) : all;
  }, [doc, about, attributes, before]);
  return (
    <RuleEditor
      label={label}
      value={value}
      onChange={onChange}
      variables={variables}
      gives={gives}
      about={about}
      help={help}
      empty={empty}
      errors={errors}
    />
  );
}

/** Settings that belong together, under a small heading. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h3 id={id} className={classes.groupTitle}>
        {title}
      </h3>
      {children}
    </section>
  );
}
