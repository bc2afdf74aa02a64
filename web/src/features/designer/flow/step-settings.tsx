import { ActionIcon, Autocomplete, Button, MultiSelect } from '@mantine/core';
import {
  type Builtin,
  changeStep,
  type DocumentStep,
  fieldsOf,
  moveTransition,
  patched,
  renameStep,
  stepOf,
  stepsOf,
  titled,
  validName,
} from '@/lib/definition';
import { IconChevronDown, IconChevronUp, IconPlus } from '@/ui/icons';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { messagesAt } from '../problems';
import {
  Group,
  NameSetting,
  NumberSetting,
  RuleSetting,
  SelectSetting,
  SwitchSetting,
  TextSetting,
  useErrors,
} from '../settings/controls';
import { nameOf } from './adapter';
import { DecisionSettings } from './assignee-settings';
import { formChoices, tasksBeside } from './choices';
import classes from './flow.module.css';
import { More } from './more';
import { followName } from './rename';
import { Ending } from './settings';
import { StartsSettings } from './starts-settings';
import { useActs, useFlow } from './use-flow';

/** Everything that is said of one step: the common first, the rare folded. */
export function StepSettings({ step }: { step: DocumentStep }) {
  const { edit, problems } = useEditor();
  const path = `steps.${step.id}`;
  const set = (patch: Partial<DocumentStep>, mark?: string) =>
    edit((doc) => changeStep(doc, step.id, patch), { mark: mark && `${step.id}.${mark}` });
  const own = problems.filter((p) => p.path === path || p.path === `${path}.type`);
  return (
    <div className={page.settings}>
      {own.map((problem) => (
        <p key={problem.message} className={classes.own}>
          {problem.message}
        </p>
      ))}
      <Naming step={step} />
      {step.type === 'task' && <DecisionSettings step={step} set={set} />}
      {step.type === 'workflow' && <StartsSettings step={step} set={set} />}
      {step.type === 'join' && <WaitSettings step={step} set={set} />}
      {step.type === 'end' && <OutcomeSetting step={step} set={set} />}
      {step.type !== 'end' && <Ways step={step} />}
      <More title="Description" paths={[`${path}.description`]} note={step.description ? 'there is one' : undefined}>
        <TextSetting
          label="Description"
          description="Whoever has this step reads it above the form."
          path={`${path}.description`}
          lines={3}
          value={step.description}
          onChange={(description) => set({ description }, 'description')}
        />
      </More>
      {step.type === 'task' && (
        <More title="Reject and Send back" paths={[`${path}.reject`, `${path}.send_back`]} note={builtinNote(step)}>
          <BuiltinSettings step={step} set={set} />
        </More>
      )}
      {step.type === 'task' && (
        <More title="More" paths={[`${path}.without`, `${path}.unbound`]}>
          <RareSettings step={step} set={set} />
        </More>
      )}
      <More title="Advanced" paths={[`${path}.id`]}>
        <IdSetting step={step} />
      </More>
      <Ending start={step.type === 'start'} />
    </div>
  );
}

export type StepProps = { step: DocumentStep; set: (patch: Partial<DocumentStep>, mark?: string) => void };

/** The name; while no request knows the step its id follows by itself, once the name is written. */
function Naming({ step }: { step: DocumentStep }) {
  const { edit, known } = useEditor();
  const mark = `${step.id}.name`;
  const follow = () => {
    if (known.steps.has(step.id) || !step.name) return;
    edit((doc) => followName(doc, step.id).doc, {
      mark,
      select: (doc) => (stepOf(doc, step.id) ? undefined : { kind: 'steps', ids: [successor(doc, step)] }),
    });
  };
  const successor = (doc: Parameters<typeof followName>[0], old: DocumentStep) =>
    stepsOf(doc).find((s) => s.name === old.name)?.id ?? old.id;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control in it was left
    <div onBlur={follow}>
      <TextSetting
        label="Name"
        path={`steps.${step.id}.name`}
        placeholder={titled(step.id)}
        value={step.name}
        onChange={(name) => edit((doc) => changeStep(doc, step.id, { name }), { mark })}
      />
    </div>
  );
}

function IdSetting({ step }: { step: DocumentStep }) {
  const { doc, edit, known } = useEditor();
  const fixed = known.steps.has(step.id);
  return (
    <NameSetting
      label="Id"
      path={`steps.${step.id}.id`}
      description={
        fixed
          ? 'Requests under way know it. Changed, they cannot be moved to the new version by themselves.'
          : 'Rules and the history name the step by it. It follows the name until the workflow is published.'
      }
      value={step.id}
      valid={(text) => {
        if (!validName.test(text) || text.length > 40) return 'Lower case letters, digits and _, at most 40.';
        if (['previous', 'initiator', 'others'].includes(text))
          return 'This word means something else where steps are named.';
        return stepOf(doc, text) ? 'Another step has this id.' : undefined;
      }}
      onChange={(id) => id && edit((d) => renameStep(d, step.id, id), { select: { kind: 'steps', ids: [id] } })}
    />
  );
}

/** Where a step leads, in the order of its buttons, or in which rules are tried. */
function Ways({ step }: { step: DocumentStep }) {
  const { doc, edit, select, problems } = useEditor();
  const acts = useActs();
  const list = step.transitions ?? [];
  const path = `steps.${step.id}.transitions`;
  const own = problems.filter((p) => p.path === path);
  const single = (step.type === 'start' || step.type === 'join') && list.length > 0;
  const titles: Record<string, string> = {
    task: 'Buttons and where they lead',
    condition: 'Ways, tried from the top',
    fork: 'Branches',
  };
  return (
    <Group title={titles[step.type] ?? 'Leads to'}>
      {own.map((problem) => (
        <p key={problem.message} className={page.valueError}>
          {problem.message}
        </p>
      ))}
      {list.length > 0 && (
        <ul className={classes.ways}>
          {list.map((way, i) => {
            const target = stepOf(doc, way.to);
            const to = target ? nameOf(target) : way.to;
            const wrong = messagesAt(problems, `${path}.${i}`) ?? messagesAt(problems, `${path}.${way.id}`);
            return (
              <li key={way.id}>
                <button
                  type="button"
                  className={classes.way}
                  data-bad={wrong ? '' : undefined}
                  onClick={() => select({ kind: 'transition', step: step.id, id: way.id })}
                >
                  <b>{way.name || to}</b>
                  <span>
                    {way.name && way.name !== to ? `to ${to}` : ''}
                    {way.when ? ' when a rule holds' : step.type === 'condition' && list.length > 1 ? ' otherwise' : ''}
                  </span>
                  {wrong && <em>{wrong.join(' ')}</em>}
                </button>
                {list.length > 1 && (
                  <span className={classes.order}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      disabled={i === 0}
                      aria-label={`${way.name || to} up`}
                      onClick={() => edit((d) => moveTransition(d, step.id, way.id, -1))}
                    >
                      <IconChevronUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="sm"
                      disabled={i === list.length - 1}
                      aria-label={`${way.name || to} down`}
                      onClick={() => edit((d) => moveTransition(d, step.id, way.id, 1))}
                    >
                      <IconChevronDown size={14} aria-hidden />
                    </ActionIcon>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        className={page.add}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => acts.askTarget(step.id)}
      >
        {single ? 'Lead it elsewhere' : 'Add an arrow'}
      </Button>
      <Quiet step={step} />
    </Group>
  );
}

/** That nobody draws arrows for what is there already. */
function Quiet({ step }: { step: DocumentStep }) {
  const { looks } = useFlow();
  const quiet = looks.find((look) => look.id === step.id)?.quiet;
  return quiet ? <p className={page.hint}>{quiet}: no arrow needed.</p> : null;
}

const outcomes = ['approved', 'rejected', 'done'];

function OutcomeSetting({ step, set }: StepProps) {
  const path = `steps.${step.id}.outcome`;
  const errors = useErrors(path);
  return (
    <Autocomplete
      label="Outcome"
      description="How a request that comes here has ended, in lists and statistics."
      data={outcomes}
      placeholder={step.id}
      value={step.outcome ?? ''}
      error={errors?.join(' ')}
      onChange={(outcome) => set({ outcome: outcome || undefined }, 'outcome')}
    />
  );
}

function WaitSettings({ step, set }: StepProps) {
  const { wait } = step;
  const path = `steps.${step.id}.wait`;
  const some = wait?.for !== undefined && wait.for !== 'all';
  const put = (next: NonNullable<DocumentStep['wait']>, mark?: string) =>
    set({ wait: patched(wait ?? {}, next) }, mark);
  return (
    <>
      <SelectSetting
        label="Goes on"
        path={`${path}.for`}
        options={[
          { value: 'all', label: 'When all branches have arrived' },
          { value: 'some', label: 'When some have arrived' },
        ]}
        value={some ? 'some' : 'all'}
        onChange={(value) => put({ for: value === 'some' ? '1' : undefined })}
      />
      {some && (
        <NumberSetting
          label="How many"
          description="The other branches are then stopped."
          whole
          value={Number(wait?.for) || undefined}
          onChange={(n) => put({ for: n === undefined ? '1' : String(n) }, 'wait')}
        />
      )}
      <RuleSetting
        label="Or as soon as this holds"
        help="Looked at whenever a branch arrives."
        empty="Never"
        path={`${path}.until`}
        value={wait?.until}
        onChange={(until) => put({ until }, 'until')}
      />
    </>
  );
}

const comments = [
  { value: 'required', label: 'Has to give a reason' },
  { value: 'optional', label: 'May give a reason' },
];

function builtinNote(step: DocumentStep): string {
  const off = [step.reject?.off && 'Reject', step.send_back?.off && 'Send back'].filter(Boolean);
  return off.length === 0 ? 'on' : off.length === 2 ? 'off' : `without ${off.join('')}`;
}

function BuiltinSettings({ step, set }: StepProps) {
  const { doc } = useEditor();
  const path = `steps.${step.id}`;
  const put = (member: 'reject' | 'send_back', patch: Partial<Builtin>, mark?: string) =>
    set({ [member]: patched(step[member] ?? {}, patch) }, mark);
  const targets = [
    { value: 'previous', label: 'The person before' },
    { value: 'initiator', label: 'The requester' },
    ...tasksBeside(doc, step.id),
  ];
  const errors = useErrors(`${path}.send_back.to`);
  return (
    <>
      <SwitchSetting
        label="Can be rejected"
        description="Reject ends the request."
        value={!step.reject?.off}
        onChange={(on) => put('reject', { off: !on })}
      />
      {!step.reject?.off && (
        <>
          <TextSetting
            label="Word on the Reject button"
            path={`${path}.reject.name`}
            placeholder="Reject"
            value={step.reject?.name}
            onChange={(name) => put('reject', { name }, 'reject')}
          />
          <SelectSetting
            label="Whoever rejects"
            path={`${path}.reject.comment`}
            options={comments}
            value={step.reject?.comment ?? 'required'}
            onChange={(comment) => put('reject', { comment: comment === 'required' ? undefined : comment })}
          />
        </>
      )}
      <SwitchSetting
        label="Can be sent back"
        description="To be corrected, then it comes here again."
        value={!step.send_back?.off}
        onChange={(on) => put('send_back', { off: !on })}
      />
      {!step.send_back?.off && (
        <>
          <TextSetting
            label="Word on the Send back button"
            path={`${path}.send_back.name`}
            placeholder="Send back"
            value={step.send_back?.name}
            onChange={(name) => put('send_back', { name }, 'send_back')}
          />
          <SelectSetting
            label="Whoever sends it back"
            path={`${path}.send_back.comment`}
            options={comments}
            value={step.send_back?.comment ?? 'required'}
            onChange={(comment) => put('send_back', { comment: comment === 'required' ? undefined : comment })}
          />
          <MultiSelect
            label="To whom"
            placeholder={step.send_back?.to?.length ? undefined : 'Anybody who was there before'}
            data={targets}
            value={step.send_back?.to ?? []}
            error={errors?.join(' ')}
            onChange={(to) => put('send_back', { to })}
          />
        </>
      )}
    </>
  );
}

const acts = [
  { value: 'reassign', label: 'Hand it on to somebody else' },
  { value: 'delegate', label: 'Let somebody else do it for them' },
  { value: 'add_approver', label: 'Ask one more approver' },
  { value: 'consult', label: 'Ask somebody for an opinion' },
];

function RareSettings({ step, set }: StepProps) {
  const { doc } = useEditor();
  const without = step.without ?? [];
  const errors = useErrors(`steps.${step.id}.unbound`);
  const all = step.unbound?.[0] === '*';
  return (
    <>
      <fieldset className={classes.may}>
        <legend>Whoever has it may</legend>
        {acts.map(({ value, label }) => (
          <SwitchSetting
            key={value}
            label={label}
            value={!without.includes(value)}
            onChange={(on) => set({ without: on ? without.filter((act) => act !== value) : [...without, value] })}
          />
        ))}
      </fieldset>
      <MultiSelect
        label="May be changed later without asking again"
        description="Whoever decided here is asked anew when what was shown to them changes, but not for these fields."
        placeholder={step.unbound?.length ? undefined : 'None'}
        data={[{ value: '*', label: 'All fields' }, ...formChoices(doc)]}
        value={step.unbound ?? []}
        error={errors?.join(' ')}
        onChange={(names) => {
          const last = names.at(-1);
          set({ unbound: last === '*' ? ['*'] : all ? names.filter((n) => n !== '*') : names });
        }}
        disabled={fieldsOf(doc).length === 0 && !step.unbound}
      />
    </>
  );
}
