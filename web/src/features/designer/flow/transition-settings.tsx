import { Button } from '@mantine/core';
import {
  changeTransition,
  type DocumentTransition,
  moveTransition,
  reconnect,
  stepOf,
  transitionOf,
} from '@/lib/definition';
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconTrash } from '@/ui/icons';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { RuleSetting, SelectSetting, SwitchSetting, TextSetting } from '../settings/controls';
import { nameOf } from './adapter';
import { targetsOf } from './choices';
import classes from './flow.module.css';
import { More } from './more';
import { useActs } from './use-flow';

const kinds = [
  { value: 'approve', label: 'Agrees: the request goes on' },
  { value: 'reject', label: 'Refuses' },
  { value: 'forward', label: 'Neither: just goes on' },
];

const whenWords: Record<string, { label: string; help?: string; empty: string }> = {
  task: { label: 'Offered only when', empty: 'Always' },
  condition: { label: 'Taken when', help: 'The first way whose rule holds is taken.', empty: 'No other rule holds' },
  workflow: { label: 'Taken when', help: 'The first way whose rule holds is taken.', empty: 'No other rule holds' },
  start: { label: 'Taken when', help: 'The first way whose rule holds is taken.', empty: 'No other rule holds' },
  fork: { label: 'This branch begins when', empty: 'Always' },
};

/** Everything that is said of one arrow. */
export function TransitionSettings({ step: from, id }: { step: string; id: string }) {
  const { doc, edit, select } = useEditor();
  const acts = useActs();
  const step = stepOf(doc, from);
  const arrow = transitionOf(doc, from, id);
  if (!step || !arrow) return null;
  const list = step.transitions ?? [];
  const at = list.indexOf(arrow);
  const path = `steps.${from}.transitions.${at}`;
  const target = stepOf(doc, arrow.to);
  const task = step.type === 'task';
  const when = whenWords[step.type];
  const set = (patch: Partial<DocumentTransition>, mark?: string) =>
    edit((d) => changeTransition(d, from, id, patch), { mark: mark && `${from}.${id}.${mark}` });
  return (
    <div className={page.settings}>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        className={page.add}
        leftSection={<IconArrowLeft size={14} aria-hidden />}
        onClick={() => acts.goTo(from)}
      >
        From {nameOf(step)}
      </Button>
      <TextSetting
        label={task ? 'Word on the button' : 'Name'}
        path={`${path}.name`}
        placeholder={target ? nameOf(target) : undefined}
        value={arrow.name}
        onChange={(name) => set({ name }, 'name')}
      />
      <SelectSetting
        label="Leads to"
        path={`${path}.to`}
        searchable
        options={targetsOf(doc, from)}
        value={arrow.to}
        onChange={(to) => to && edit((d) => reconnect(d, from, id, from, to).doc)}
      />
      {task && (
        <SelectSetting
          label="Whoever chooses it"
          path={`${path}.kind`}
          options={kinds}
          value={arrow.kind ?? 'forward'}
          onChange={(kind) => set({ kind: kind === 'forward' ? undefined : kind })}
        />
      )}
      {task && (
        <SwitchSetting
          label="Has to give a reason"
          value={arrow.comment === 'required' || (arrow.kind === 'reject' && arrow.comment !== 'optional')}
          onChange={(on) => set({ comment: reason(arrow, on ?? false) })}
        />
      )}
      {when && !task && (
        <RuleSetting
          label={when.label}
          help={when.help}
          empty={when.empty}
          path={`${path}.when`}
          value={arrow.when}
          onChange={(rule) => set({ when: rule }, 'when')}
        />
      )}
      {when && task && (
        <More title="Offered only sometimes" paths={[`${path}.when`]} note={arrow.when ? 'by a rule' : undefined}>
          <RuleSetting
            label={when.label}
            empty={when.empty}
            path={`${path}.when`}
            value={arrow.when}
            onChange={(rule) => set({ when: rule }, 'when')}
          />
        </More>
      )}
      {list.length > 1 && (
        <fieldset className={classes.position}>
          <legend>{task ? `Button ${at + 1} of ${list.length}` : `Way ${at + 1} of ${list.length}`}</legend>
          <Button
            size="compact-sm"
            variant="default"
            disabled={at === 0}
            leftSection={<IconChevronUp size={14} aria-hidden />}
            onClick={() => edit((d) => moveTransition(d, from, id, -1))}
          >
            Earlier
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={at === list.length - 1}
            leftSection={<IconChevronDown size={14} aria-hidden />}
            onClick={() => edit((d) => moveTransition(d, from, id, 1))}
          >
            Later
          </Button>
        </fieldset>
      )}
      <div className={classes.ending}>
        {target && (
          <Button size="compact-sm" variant="default" onClick={() => select({ kind: 'steps', ids: [target.id] })}>
            Show the next step
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          leftSection={<IconTrash size={15} aria-hidden />}
          onClick={() => acts.remove()}
        >
          Delete
        </Button>
      </div>
    </div>
  );
}

/** A refusal asks for a reason unless it says otherwise, everything else only when it says so. */
const reason = (arrow: DocumentTransition, on: boolean): string | undefined =>
  arrow.kind === 'reject' ? (on ? undefined : 'optional') : on ? 'required' : undefined;
