import { ActionIcon, Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { read } from '@/api/query';
import { type DocumentField, fieldOf, fieldsOf, patched, type RuleSource, type Starts } from '@/lib/definition';
import { IconPlus, IconX } from '@/ui/icons';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { Group, NumberSetting, RuleSetting, SelectSetting, useErrors } from '../settings/controls';
import { type Choice, fieldChoices, formChoices, labelOf } from './choices';
import { More } from './more';
import type { StepProps } from './step-settings';

/** Which requests a step starts, with what in them, and what it waits for. */
export function StartsSettings({ step, set }: StepProps) {
  const { doc } = useEditor();
  const starts = step.starts ?? { workflow: '' };
  const path = `steps.${step.id}.starts`;
  const put = (patch: Partial<Starts>, mark?: string) =>
    set(
      { starts: { ...patched(starts, patch), workflow: patch.workflow ?? starts.workflow } },
      mark && `starts.${mark}`,
    );
  const workflows = useQuery(read('workflows.list', { limit: 100 })).data?.items ?? [];
  const other = useOtherForm(starts.workflow);
  const table = starts.each ? fieldOf(doc, starts.each) : undefined;
  const tables = formChoices(doc, 'table');
  const people: Choice[] = [
    { value: 'initiator', label: 'The requester' },
    { value: 'last', label: 'The person before' },
    ...formChoices(doc, 'user'),
    ...fieldChoices(table?.columns ?? [], 'user'),
  ];
  return (
    <>
      <SelectSetting
        label="Which workflow"
        path={starts.workflow ? `${path}.workflow` : path}
        searchable
        placeholder="Choose a workflow"
        options={workflows.flatMap(({ key, name, status }) =>
          status === 'published' ? [{ value: key, label: name }] : [],
        )}
        value={starts.workflow || undefined}
        onChange={(workflow) => workflow && put({ workflow })}
      />
      <SelectSetting
        label="How many requests"
        path={`${path}.each`}
        clearable
        placeholder="One"
        options={tables.map(({ value, label }) => ({ value, label: `One for each row of ${label}` }))}
        value={starts.each}
        onChange={(each) => put({ each, copy: undefined, take: undefined })}
      />
      <Waits starts={starts} path={path} put={put} />
      <Group title="What is handed over">
        <Values starts={starts} path={`${path}.values`} fields={other} put={put} />
        {table && (
          <Pairs
            label="From columns of the row"
            path={`${path}.copy`}
            value={starts.copy ?? {}}
            into={fieldChoices(other.filter((f) => !starts.values?.[f.name]))}
            from={fieldChoices(table.columns ?? [])}
            add="Hand over a column"
            onChange={(copy) => put({ copy })}
          />
        )}
      </Group>
      <More
        title="What comes back"
        paths={[`${path}.take`]}
        note={starts.take ? String(Object.keys(starts.take).length) : undefined}
      >
        <Pairs
          label={table ? 'Into columns of the row' : 'Into fields of this form'}
          path={`${path}.take`}
          value={starts.take ?? {}}
          into={fieldChoices((table?.columns ?? fieldsOf(doc)).filter(receives))}
          from={[
            { value: 'outcome', label: 'How it ended' },
            { value: 'number', label: 'Its number' },
            ...other.map((f) => ({ value: `form.${f.name}`, label: labelOf(f) })),
          ]}
          add="Bring something back"
          onChange={(take) => put({ take })}
        />
      </More>
      <More title="In whose name" paths={[`${path}.by`]}>
        <SelectSetting
          label="Who requests it"
          description="They have to be allowed to start that workflow."
          path={`${path}.by`}
          options={people}
          value={starts.by ?? 'initiator'}
          onChange={(by) => put({ by: by === 'initiator' ? undefined : by })}
        />
      </More>
    </>
  );
}

type Put = (patch: Partial<Starts>, mark?: string) => void;

/** How long the step waits for what it started. */
function Waits({ starts, path, put }: { starts: Starts; path: string; put: Put }) {
  const wait = starts.wait === undefined ? 'all' : String(starts.wait);
  const counted = wait !== 'all' && wait !== 'none';
  const waits = [
    { value: 'all', label: starts.each ? 'Until all have ended' : 'Until it has ended' },
    { value: 'none', label: 'Not at all: goes on at once' },
    ...(starts.each ? [{ value: 'some', label: 'Until some have ended' }] : []),
  ];
  return (
    <>
      <SelectSetting
        label="Waits"
        path={`${path}.wait`}
        options={waits}
        value={counted ? 'some' : wait}
        onChange={(next) =>
          put({
            wait: next === 'all' ? undefined : next === 'some' ? '1' : next,
            rest: next === 'some' ? starts.rest : undefined,
          })
        }
      />
      {counted && (
        <>
          <NumberSetting
            label="How many have to have ended"
            whole
            value={Number(wait) || undefined}
            onChange={(n) => n && put({ wait: String(n) }, 'wait')}
          />
          <SelectSetting
            label="The others are"
            path={`${path}.rest`}
            options={[
              { value: 'stop', label: 'Stopped' },
              { value: 'finish', label: 'Left to finish' },
            ]}
            value={starts.rest ?? 'stop'}
            onChange={(rest) => put({ rest: rest === 'stop' ? undefined : rest })}
          />
        </>
      )}
    </>
  );
}

const receives = (f: DocumentField) => !f.calculate && f.type !== 'note' && f.type !== 'table';

/** The fields of the other workflow. Whoever may not see it fills in nothing here. */
function useOtherForm(key: string): DocumentField[] {
  const { doc } = useEditor();
  const own = key === doc.key;
  const found = useQuery({ ...read('workflows.get', { workflow: key }), enabled: key !== '' && !own });
  const fields = own ? fieldsOf(doc) : fieldsOf(found.data?.document ?? { key: '', name: '' });
  return fields.filter((f) => !f.calculate && f.type !== 'note');
}

type ValuesProps = {
  starts: Starts;
  path: string;
  fields: DocumentField[];
  put: Put;
};

const gives: Record<string, 'bool' | 'text' | 'number'> = {
  yes_no: 'bool',
  number: 'number',
  rating: 'number',
  text: 'text',
  long_text: 'text',
};

/** The fields of the other form, each with a rule over this request. */
function Values({ starts, path, fields, put }: ValuesProps) {
  const [fresh, setFresh] = useState<string[]>([]);
  const values = starts.values ?? {};
  const shown = [...new Set([...Object.keys(values), ...fresh])];
  const free = fieldChoices(fields.filter((f) => !shown.includes(f.name) && !starts.copy?.[f.name]));
  const name = (field: string) => labelOf(fields.find((f) => f.name === field) ?? { name: field, type: '' });
  const set = (field: string, rule: RuleSource | undefined) =>
    put({ values: patched(values, { [field]: rule }) }, field);
  return (
    <>
      {shown.map((field) => (
        <Removable
          key={field}
          label={name(field)}
          onRemove={() => {
            setFresh(fresh.filter((f) => f !== field));
            set(field, undefined);
          }}
        >
          <RuleSetting
            label={name(field)}
            gives={gives[fields.find((f) => f.name === field)?.type ?? ''] ?? 'any'}
            empty="Nothing"
            path={`${path}.${field}`}
            value={values[field]}
            onChange={(rule) => {
              setFresh((old) => (old.includes(field) ? old : [...old, field]));
              set(field, rule);
            }}
          />
        </Removable>
      ))}
      {free.length > 0 && (
        <Select
          aria-label="Fill in a field"
          placeholder="Fill in a field…"
          searchable
          data={free}
          value={null}
          onChange={(field) => field && setFresh([...fresh, field])}
        />
      )}
    </>
  );
}

function Removable({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <div className={page.card}>
      <ActionIcon
        className={page.cardClose}
        variant="subtle"
        color="gray"
        aria-label={`Hand over no ${label}`}
        onClick={onRemove}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
      {children}
    </div>
  );
}

type PairsProps = {
  label: string;
  path: string;
  value: Record<string, string>;
  into: Choice[];
  from: Choice[];
  add: string;
  onChange: (value: Record<string, string> | undefined) => void;
};

/** What is put where. A new pair is written when both are chosen. */
function Pairs({ label, path, value, into, from, add, onChange }: PairsProps) {
  const [half, setHalf] = useState<{ into?: string; from?: string }>();
  const errors = useErrors(path);
  const named = (choices: Choice[], of: string) => choices.find((c) => c.value === of)?.label ?? of;
  const choose = (next: { into?: string; from?: string }) => {
    if (!next.into || !next.from) return setHalf(next);
    setHalf(undefined);
    onChange({ ...value, [next.into]: next.from });
  };
  return (
    <fieldset className={page.pairs}>
      <legend className={page.valueLabel}>{label}</legend>
      {Object.entries(value).map(([to, what]) => (
        <div key={to} className={page.pair}>
          <span>
            {named(into, to)}: {named(from, what)}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${named(into, to)}`}
            onClick={() => {
              const { [to]: _, ...rest } = value;
              onChange(Object.keys(rest).length > 0 ? rest : undefined);
            }}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {half && (
        <div className={page.pairChoice}>
          <Select
            aria-label="Into"
            placeholder="Into"
            searchable
            data={into.filter((c) => !(c.value in value))}
            value={half.into ?? null}
            onChange={(to) => choose({ ...half, into: to ?? undefined })}
          />
          <Select
            aria-label="From"
            placeholder="From"
            searchable
            data={from}
            value={half.from ?? null}
            onChange={(what) => choose({ ...half, from: what ?? undefined })}
          />
        </div>
      )}
      {errors && <span className={page.valueError}>{errors.join(' ')}</span>}
      {!half && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={page.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setHalf({})}
        >
          {add}
        </Button>
      )}
    </fieldset>
  );
}
