import { Button } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import {
  asType,
  changeColumn,
  changeField,
  type DocumentField,
  type FieldKind,
  type FieldSetting,
  fieldOf,
  fieldsOf,
  followsLabel,
  kindOfType,
  nameFrom,
  relabelColumn,
  relabelField,
  renameColumn,
  renameField,
  setDefault,
  typeLabel,
  uses,
  validName,
} from '@/lib/definition';
import shell from '../designer.module.css';
import { useEditor } from '../editor';
import {
  Group,
  NameSetting,
  NumberSetting,
  RuleSetting,
  SelectSetting,
  SwitchSetting,
  TextSetting,
  WordsSetting,
} from '../settings/controls';
import { ValueSetting } from '../settings/value-setting';
import { ColumnsSetting } from './columns-setting';
import { OptionsSetting } from './options-setting';
import { RulesSetting } from './rules-setting';

/** How a field or a column is changed: what its settings have in common. */
type Subject = {
  field: DocumentField;
  kind: FieldKind | undefined;
  /** Its place as problems name it. */
  base: string;
  has: (setting: FieldSetting) => boolean;
  /** Names that are taken around it. */
  others: string[];
  /** Whether requests under way know it by its name. */
  known: boolean;
  change: (patch: Partial<DocumentField>, mark?: string) => void;
  relabel: (label: string | undefined, follow: boolean) => void;
  rename: (name: string) => void;
  begin: (value: unknown) => void;
};

export function FieldSettings({ field, index }: { field: DocumentField; index: number }) {
  const { doc, edit, known } = useEditor();
  const { name } = field;
  const mark = (member: string) => `field ${index} ${member}`;
  const subject: Subject = {
    field,
    kind: kindOfType(field.type),
    base: `form.fields.${index}`,
    has: (setting) => uses(field.type, setting),
    others: fieldsOf(doc).flatMap((f) => (f === field ? [] : [f.name])),
    known: known.fields.has(name),
    change: (patch, what) => edit((d) => changeField(d, name, patch), { mark: what && mark(what) }),
    relabel: (label, follow) => {
      const next = relabelField(doc, name, label, follow);
      edit(() => next.doc, { mark: mark('label'), select: { kind: 'field', name: next.name } });
    },
    rename: (to) => edit((d) => renameField(d, name, to), { select: { kind: 'field', name: to } }),
    begin: (value) => edit((d) => setDefault(d, name, value), { mark: mark('default') }),
  };
  const { has, base, change } = subject;
  const given = field.type !== 'note';
  const calculable = given && field.type !== 'table';
  return (
    <div className={shell.settings}>
      <First subject={subject} />
      {field.type === 'table' && <ColumnsSetting table={field} index={index} />}
      <Choosing subject={subject} />
      <Limits subject={subject} />
      {!field.calculate && <Begin subject={subject} rule />}
      <Group title={given ? 'Rules' : 'Rule'}>
        {calculable && (
          <RuleSetting
            label="Calculated"
            help="The value follows from other fields; nobody types it."
            empty="No: people fill it in."
            path={`${base}.calculate`}
            gives={givesOf(field.type)}
            value={field.calculate}
            onChange={(calculate) =>
              change({ calculate, ...(calculate && { default: undefined, default_rule: undefined }) }, 'calculate')
            }
          />
        )}
        <RuleSetting
          label="Shown when"
          empty="Always."
          path={`${base}.visible_when`}
          value={field.visible_when}
          onChange={(visible_when) => change({ visible_when }, 'visible_when')}
        />
        {has('people') && (
          <RuleSetting
            label="Who can be chosen"
            empty="Everybody."
            about="people"
            path={`${base}.people`}
            value={field.people}
            onChange={(people) => change({ people }, 'people')}
          />
        )}
        {has('rules') && (
          <RulesSetting rules={field.rules ?? []} base={base} change={(rules, what) => change({ rules }, what)} />
        )}
      </Group>
      <Naming subject={subject} />
    </div>
  );
}

type ColumnProps = { table: DocumentField; tableIndex: number; column: DocumentField; index: number };

/** A column has no rules of its own; those of its table go over its rows. */
export function ColumnSettings({ table, tableIndex, column, index }: ColumnProps) {
  const { doc, edit, known } = useEditor();
  const { name } = column;
  const selected = (to: string) => ({ kind: 'column', table: table.name, name: to }) as const;
  const mark = (member: string) => `column ${tableIndex} ${index} ${member}`;
  const subject: Subject = {
    field: column,
    kind: kindOfType(column.type),
    base: `form.fields.${tableIndex}.columns.${index}`,
    has: (setting) => setting !== 'rules' && uses(column.type, setting),
    others: (table.columns ?? []).flatMap((c) => (c === column ? [] : [c.name])),
    known: known.columns.has(`${table.name}.${name}`),
    change: (patch, what) => edit((d) => changeColumn(d, table.name, name, patch), { mark: what && mark(what) }),
    relabel: (label, follow) => {
      const next = relabelColumn(doc, table.name, name, label, follow);
      edit(() => next.doc, { mark: mark('label'), select: selected(next.name) });
    },
    rename: (to) => edit((d) => renameColumn(d, table.name, name, to), { select: selected(to) }),
    begin: (value) =>
      edit(
        (d) => {
          const columns = fieldOf(d, table.name)?.columns ?? [];
          const { default: _, ...rest } = columns[index] ?? column;
          const empty = value === undefined || value === null || value === '';
          const next = empty ? rest : { ...rest, default: value };
          return changeField(d, table.name, { columns: columns.map((c, i) => (i === index ? next : c)) });
        },
        { mark: mark('default') },
      ),
  };
  return (
    <div className={shell.settings}>
      <First subject={subject} column />
      <Choosing subject={subject} />
      <Limits subject={subject} />
      <Begin subject={subject} />
      {subject.has('people') && (
        <Group title="Rule">
          <RuleSetting
            label="Who can be chosen"
            empty="Everybody."
            about="people"
            path={`${subject.base}.people`}
            value={column.people}
            onChange={(people) => subject.change({ people }, 'people')}
          />
        </Group>
      )}
      <Naming subject={subject} column />
    </div>
  );
}

const givesOf = (type: string): 'text' | 'number' | 'bool' | 'any' => {
  if (type === 'number' || type === 'rating') return 'number';
  if (type === 'yes_no') return 'bool';
  return ['text', 'long_text', 'email', 'phone', 'url', 'choice'].includes(type) ? 'text' : 'any';
};

/** What most fields need and nothing else: how it is called, what helps, whether it must be filled in. */
function First({ subject, column = false }: { subject: Subject; column?: boolean }) {
  const { field, kind, base, has, known, change, relabel } = subject;
  // Decided when somebody begins to type: on the way a label may well be empty.
  const follow = useRef(false);
  const note = field.type === 'note';
  const types = (kind?.becomes ?? []).filter((type) => !column || type !== 'table');
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it notes when the control in it takes the focus */}
      <div
        data-first-setting
        onFocus={() => {
          follow.current = !known && followsLabel(field);
        }}
      >
        <TextSetting
          label={note ? 'Heading' : 'Label'}
          path={`${base}.label`}
          value={field.label}
          onChange={(label) => relabel(label, follow.current)}
        />
      </div>
      <TextSetting
        label={note ? 'Text' : 'Help'}
        description={note || column ? undefined : 'Stands below the field.'}
        path={`${base}.help`}
        lines={note ? 3 : 1}
        value={field.help}
        onChange={(help) => change({ help }, 'help')}
      />
      {has('required') && !field.calculate && (
        <SwitchSetting label="Must be filled in" value={field.required} onChange={(required) => change({ required })} />
      )}
      {kind?.placeholder && !field.calculate && (
        <TextSetting
          label="Example in the empty field"
          path={`${base}.placeholder`}
          value={field.placeholder}
          onChange={(placeholder) => change({ placeholder }, 'placeholder')}
        />
      )}
      {types.length > 0 && (
        <SelectSetting
          label="Kind"
          path={`${base}.type`}
          options={[field.type, ...types].map((type) => ({ value: type, label: typeLabel(type) }))}
          value={field.type}
          onChange={(type) => type && change({ ...cleared, ...asType(field, type) })}
        />
      )}
    </>
  );
}

/** Members that go where the new type does not know them: what is undefined is taken away. */
const cleared: Partial<DocumentField> = {
  default: undefined,
  default_rule: undefined,
  rules: undefined,
  required: undefined,
  min: undefined,
  max: undefined,
  decimals: undefined,
  min_length: undefined,
  max_length: undefined,
  pattern: undefined,
  min_rows: undefined,
  max_rows: undefined,
  currencies: undefined,
  options: undefined,
  display: undefined,
  unit: undefined,
  columns: undefined,
  people: undefined,
  placeholder: undefined,
};

function Choosing({ subject: { field, kind, base, has, known, change } }: { subject: Subject }) {
  if (!has('options')) return null;
  return (
    <Group title="Options">
      <OptionsSetting
        options={field.options ?? []}
        base={base}
        known={known}
        change={(options, what) => change({ options }, what)}
      />
      {kind?.displays && (
        <SelectSetting
          label="How they are shown"
          path={`${base}.display`}
          options={kind.displays}
          value={field.display ?? kind.displays[0]?.value}
          onChange={(display) => change({ display: display === kind.displays?.[0]?.value ? undefined : display })}
        />
      )}
    </Group>
  );
}

type Limit = {
  member: keyof DocumentField & FieldSetting;
  label: string;
  kind: 'number' | 'whole' | 'text' | 'words';
  help?: string;
};

const limits: Limit[] = [
  { member: 'min', label: 'At least', kind: 'number' },
  { member: 'max', label: 'At most', kind: 'number' },
  { member: 'decimals', label: 'Decimal places', kind: 'whole' },
  { member: 'unit', label: 'Unit behind the number', kind: 'text', help: 'Such as days or km.' },
  {
    member: 'currencies',
    label: 'Currencies',
    kind: 'words',
    help: 'Three letters each, such as EUR. The first one is offered; without any, all are.',
  },
  { member: 'min_length', label: 'Characters at least', kind: 'whole' },
  { member: 'max_length', label: 'Characters at most', kind: 'whole' },
  {
    member: 'pattern',
    label: 'Pattern',
    kind: 'text',
    help: 'A regular expression that the whole text must match, such as [A-Z]{2}-[0-9]+.',
  },
  { member: 'min_rows', label: 'Rows at least', kind: 'whole' },
  { member: 'max_rows', label: 'Rows at most', kind: 'whole' },
];

function Limits({ subject: { field, base, has, change } }: { subject: Subject }) {
  const mine = limits.filter(({ member }) => has(member));
  if (mine.length === 0) return null;
  const rating = field.type === 'rating';
  const pairs = mine.filter(({ kind }) => kind === 'number' || kind === 'whole');
  const rest = mine.filter((limit) => !pairs.includes(limit));
  const one = ({ member, label, kind, help }: Limit): ReactNode => {
    const shared = { path: `${base}.${member}`, description: help };
    const put = (value: unknown) => change({ [member]: value }, member);
    if (kind === 'text')
      return <TextSetting key={member} label={label} {...shared} value={field[member] as string} onChange={put} />;
    if (kind === 'words')
      return (
        <WordsSetting
          key={member}
          label={label}
          {...shared}
          value={field[member] as string[]}
          onChange={(words) => put(words?.map((word) => word.trim().toUpperCase()))}
        />
      );
    return (
      <NumberSetting
        key={member}
        label={rating ? 'Best rating' : label}
        {...shared}
        whole={kind === 'whole' || rating}
        value={field[member] as number}
        onChange={put}
      />
    );
  };
  return (
    <Group title="Limits">
      <div className={shell.pairChoice}>{pairs.map(one)}</div>
      {rest.map(one)}
    </Group>
  );
}

/** What stands in the field before anybody types: a value, or what a rule gives. A table has only its rule. */
function Begin({ subject, rule = false }: { subject: Subject; rule?: boolean }) {
  const { field, base, has, change, begin } = subject;
  if (!has('default') || (field.type === 'table' && !rule)) return null;
  const byRule = rule && (field.default_rule !== undefined || field.type === 'table');
  return (
    <Group title="Begins with">
      {byRule ? (
        <RuleSetting
          label="What a rule gives"
          empty="Nothing."
          path={`${base}.default_rule`}
          gives={givesOf(field.type)}
          value={field.default_rule}
          onChange={(default_rule) => change({ default_rule, default: undefined }, 'default_rule')}
        />
      ) : (
        <ValueSetting label="Value" path={`${base}.default`} field={field} value={field.default} onChange={begin} />
      )}
      {rule && field.type !== 'table' && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={shell.add}
          onClick={() =>
            change(
              byRule
                ? { default_rule: undefined }
                : { default: undefined, default_rule: firstRule[givesOf(field.type)] },
            )
          }
        >
          {byRule ? 'Use a value instead' : 'Use a rule instead'}
        </Button>
      )}
    </Group>
  );
}
/** A rule to begin with, so that there is one to change. */
const firstRule = { text: 'initiator.name', number: '0', bool: 'false', any: 'today' };

function Naming({ subject, column = false }: { subject: Subject; column?: boolean }) {
  const { field, base, others, known, rename } = subject;
  return (
    <Group title="In rules and data">
      <NameSetting
        label="Name"
        path={`${base}.name`}
        description={
          known
            ? 'Requests under way know it by this name. Values they hold under the old one would not be shown.'
            : column
              ? 'Follows the label until you choose one.'
              : `Rules read it as form.${field.name}. It follows the label until you choose one.`
        }
        value={field.name}
        valid={(text) => {
          if (!validName.test(text))
            return `Lower case letters, digits and _, such as ${nameFrom(text) || 'leave_from'}.`;
          return others.includes(text) ? `Another ${column ? 'column' : 'field'} has this name.` : undefined;
        }}
        onChange={(name) => name && rename(name)}
      />
    </Group>
  );
}
