import { Button } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import type { RuleGroup, RuleSource } from '@/api/types';
import { rowsOfCel } from '@/lib/rule/rows';
import { IconPencil } from '@/ui/icons';
import { ruleWords } from '../definition-words';
import { useNamedIn, useVariables, useWording, Variables } from './directory';
import { Matches } from './matches';
import { RuleDialog } from './rule-dialog';
import classes from './rule-editor.module.css';
import type { Variable } from './variables';

export type RuleEditorProps = {
  label: string;
  value: RuleSource | undefined;
  onChange: (value: RuleSource | undefined) => void;
  variables: Variable[];
  /** What the rule has to give; a condition when not said. Only conditions can be rows. */
  gives?: 'bool' | 'text' | 'number' | 'any';
  /** Whether it looks at people: then it shows who matches now. */
  about?: 'people';
  help?: string;
  errors?: string[];
  /** What no rule means, in words: "Everybody". */
  empty?: string;
  readOnly?: boolean;
};

/** A rule in a settings panel: what it says in words, and a dialog to change it. */
export function RuleEditor(props: RuleEditorProps) {
  const { variables } = props;
  const byName = useMemo(() => new Map(variables.map((variable) => [variable.name, variable])), [variables]);
  return (
    <Variables value={byName}>
      <Panel {...props} />
    </Variables>
  );
}

function Panel({
  label,
  value,
  onChange,
  gives,
  about,
  help,
  errors = [],
  empty = 'No rule',
  readOnly,
}: RuleEditorProps) {
  const variables = useVariables();
  const [opened, setOpened] = useState(false);
  const ids = { label: useId(), help: useId(), errors: useId() };
  const wrong = errors.length > 0;
  const describedBy = [help && ids.help, wrong && ids.errors].filter(Boolean).join(' ') || undefined;
  const conditions = gives === undefined || gives === 'bool' || typeof value === 'object';
  const act = value === undefined ? 'Add a rule' : 'Edit rule';
  const done = (next: RuleSource | undefined) => {
    setOpened(false);
    if (next !== value) onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a box in a panel
    <div role="group" className={classes.panel} aria-labelledby={ids.label} aria-describedby={describedBy}>
      <div id={ids.label} className={classes.label}>
        {label}
      </div>
      {help && (
        <div id={ids.help} className={classes.help}>
          {help}
        </div>
      )}
      <div className={classes.box} data-wrong={wrong || undefined}>
        <Summary value={value} empty={empty} />
        {about && value !== undefined && !opened && <Matches source={value} variables={variables} />}
        {!readOnly && (
          <Button
            variant="default"
            size="compact-sm"
            className={classes.edit}
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-label={`${act}: ${label}`}
            aria-describedby={describedBy}
            onClick={() => setOpened(true)}
          >
            {act}
          </Button>
        )}
      </div>
      {wrong && (
        <ul id={ids.errors} className={classes.errors}>
          {errors.map((error) => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      )}
      {opened && (
        <RuleDialog
          label={label}
          value={value}
          conditions={conditions}
          about={about}
          help={help}
          empty={empty}
          onDone={done}
          onClose={() => setOpened(false)}
        />
      )}
    </div>
  );
}

/** The rule in words; as its text where that is all there is. */
function Summary({ value, empty }: { value: RuleSource | undefined; empty: string }) {
  const variables = useVariables();
  const source = useMemo(() => shown(value, variables), [value, variables]);
  const people = useNamedIn(source, variables);
  const wording = useWording(source, variables, people);
  if (source === undefined) return <div className={classes.about}>{empty}</div>;
  if (typeof source === 'string') return <code className={classes.code}>{source}</code>;
  return <div className={classes.words}>{ruleWords(source, undefined, wording)}</div>;
}

function shown(value: RuleSource | undefined, variables: Map<string, Variable>): RuleSource | undefined {
  if (typeof value !== 'string') return value;
  if (!value.trim()) return undefined;
  const rows = rowsOfCel(value, (name) => variables.get(name)?.kind);
  return rows ? { rows: rows as RuleGroup } : value;
}
