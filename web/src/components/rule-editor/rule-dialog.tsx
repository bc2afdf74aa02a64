import { Button, SegmentedControl } from '@mantine/core';
import { useId, useMemo, useReducer, useRef, useState } from 'react';
import type { RuleSource } from '@/api/types';
import type { RowFault } from '@/lib/rule/rows';
import { Dialog } from '@/ui/dialog';
import { ruleWords } from '../definition-words';
import { NamedPeople } from '../person';
import { useNamedIn, useVariables, useWording } from './directory';
import { changeDraft, type Draft, faultsOf, type KindOf, open, resultOf, switchable } from './draft';
import { Matches } from './matches';
import { type Focus, RowsEditor } from './rows-editor';
import classes from './rule-editor.module.css';
import { TextEditor } from './text-editor';
import { isGroupNode, nodeAt, placesOf, rowsOf } from './tree';

type RuleDialogProps = {
  label: string;
  value: RuleSource | undefined;
  /** Whether rows fit: whether the rule gives yes or no. */
  conditions: boolean;
  about?: 'people';
  help?: string;
  empty: string;
  onDone: (value: RuleSource | undefined) => void;
  onClose: () => void;
};

/** A place to write a rule in. Nothing leaves it before Done. */
export function RuleDialog({ label, value, conditions, about, help, empty, onDone, onClose }: RuleDialogProps) {
  const variables = useVariables();
  const kindOf: KindOf = (name) => variables.get(name)?.kind;
  const [before] = useState(() => open(value, kindOf, conditions));
  const [draft, dispatch] = useReducer(changeDraft, before);
  const [tried, setTried] = useState(false);
  const [focus, setFocus] = useState<Focus>();
  const named = useNamedIn(value, variables);
  const list = useRef<HTMLDivElement>(null);
  const faults = faultsOf(draft, kindOf);
  const places = useMemo(() => placesOf(draft.tree), [draft.tree]);
  const result = faults.length === 0 ? resultOf(draft, before, value, kindOf) : undefined;
  const done = () => {
    setTried(true);
    if (faults.length === 0) return onDone(result);
    setTimeout(() => list.current?.focus());
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    done();
  };
  const goTo = (at: string) => {
    const key = [...places].find(([, place]) => place === at)?.[0];
    if (key !== undefined) setFocus({ key, part: 'first' });
  };
  // Nothing is called wrong while it is being entered.
  const told = tried ? faults : [];
  return (
    <Dialog title={label} onClose={onClose} workplace>
      <NamedPeople value={named}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl or ⌘ with Enter is Done, from every input */}
        <div className={classes.form} onKeyDown={keys}>
          {help && <p className={classes.help}>{help}</p>}
          {conditions && (
            <ModeSwitch draft={draft} kindOf={kindOf} dispatch={dispatch} onRefused={() => setTried(true)} />
          )}
          {draft.mode === 'rows' ? (
            <RowsEditor
              tree={draft.tree}
              places={places}
              faults={new Map(told.map(({ at, message }) => [at, message]))}
              dispatch={dispatch}
              focus={focus}
              onFocus={setFocus}
              empty={empty}
            />
          ) : (
            <TextEditor text={draft.text} onChange={(text) => dispatch({ do: 'write', text })} />
          )}
          <Told draft={draft} result={result} />
          {about && result !== undefined && <Matches source={result} variables={variables} />}
          {told.length > 0 && <FaultList ref={list} draft={draft} faults={told} onGo={goTo} />}
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button onClick={done}>Done</Button>
          </div>
        </div>
      </NamedPeople>
    </Dialog>
  );
}

type ModeSwitchProps = {
  draft: Draft;
  kindOf: KindOf;
  dispatch: (action: { do: 'as text' | 'as rows'; kindOf: KindOf }) => void;
  onRefused: () => void;
};

/** Rows or text. Where the other cannot be shown, it says why. */
function ModeSwitch({ draft, kindOf, dispatch, onRefused }: ModeSwitchProps) {
  const whyId = useId();
  const [asked, setAsked] = useState(false);
  const why = switchable(draft, kindOf);
  const turn = (mode: string) => {
    setAsked(why !== undefined);
    if (why) onRefused();
    else dispatch({ do: mode === 'text' ? 'as text' : 'as rows', kindOf });
  };
  return (
    <div className={classes.modes}>
      <SegmentedControl
        aria-label="How the rule is shown"
        aria-describedby={why ? whyId : undefined}
        data={[
          { value: 'rows', label: 'Rows' },
          { value: 'text', label: 'Text' },
        ]}
        value={draft.mode}
        onChange={turn}
      />
      {why && (draft.mode === 'text' || asked) && (
        <span id={whyId} role="status" className={classes.about}>
          {why}
        </span>
      )}
    </div>
  );
}

/** The rule as it stands, in words: what the groups amount to. */
function Told({ draft, result }: { draft: Draft; result: RuleSource | undefined }) {
  const variables = useVariables();
  const rows = draft.mode === 'rows' ? rowsOf(draft.tree) : undefined;
  const source = rows && { rows };
  const people = useNamedIn(source, variables);
  const wording = useWording(source, variables, people);
  if (!source || result === undefined || source.rows.rules?.length === 1) return null;
  return (
    <p className={classes.words}>
      <span className={classes.about}>In words: </span>
      {ruleWords(source, undefined, wording)}
    </p>
  );
}

type FaultListProps = { draft: Draft; faults: RowFault[]; onGo: (at: string) => void; ref: React.Ref<HTMLDivElement> };

/** What keeps the rule from being done, each with a way to it. */
function FaultList({ draft, faults, onGo, ref }: FaultListProps) {
  const variables = useVariables();
  const named = (at: string) => {
    const node = nodeAt(draft.tree, at);
    if (!node || isGroupNode(node)) return `Group ${at}`;
    const label = variables.get(node.row.field ?? '')?.label;
    return `Condition ${at}${label ? ` (${label})` : ''}`;
  };
  return (
    <div ref={ref} tabIndex={-1} role="alert" className={classes.faults}>
      <div className={classes.faultsTitle}>
        {faults.length === 1 ? 'One thing is not right yet' : `${faults.length} things are not right yet`}
      </div>
      <ul>
        {faults.map(({ at, message }) => (
          <li key={at}>
            {at && (
              <>
                <button type="button" className={classes.link} onClick={() => onGo(at)}>
                  {named(at)}
                </button>
                :{' '}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
