import { useQuery } from '@tanstack/react-query';
import { read } from '@/api/query';
import { type Assignee, type DocumentStep, type DocumentVote, patched } from '@/lib/definition';
import { useEditor } from '../editor';
import { NumberSetting, RuleSetting, SelectSetting, SwitchSetting } from '../settings/controls';
import { formChoices, tasksBeside } from './choices';
import { PeopleSetting, PersonSetting } from './people-setting';
import type { StepProps } from './step-settings';
import { VoteSettings } from './vote-settings';

/** Who decides: one person, or several together. */
export function DecisionSettings({ step, set }: StepProps) {
  const { vote } = step;
  const groups = vote?.groups !== undefined && vote.groups.length > 0;
  return (
    <>
      {!groups && (
        <AssigneeSettings
          step={step}
          path={`steps.${step.id}.assignee`}
          value={step.assignee}
          several={vote !== undefined}
          onChange={(assignee, mark) => set({ assignee }, mark)}
        />
      )}
      <SwitchSetting
        label="Several people decide together"
        description={vote ? undefined : 'Each has one voice; you say how many have to agree.'}
        value={vote !== undefined}
        onChange={(on) => set(on ? voting(step) : single(step))}
      />
      {vote && <VoteSettings step={step} set={set} />}
    </>
  );
}

/** Several decide: everybody whom the assignee finds is asked, so nobody is picked. */
function voting(step: DocumentStep): Partial<DocumentStep> {
  const { assignee } = step;
  const vote: DocumentVote = { need: 'all' };
  if (!assignee) return { vote };
  if (assignee.strategy === 'user') {
    return { vote, assignee: { strategy: 'user', ...(assignee.user && { users: [assignee.user] }) } };
  }
  const { pick: _, ...rest } = assignee;
  return { vote, assignee: { ...rest, strategy: rest.strategy === 'claim' ? 'rule' : rest.strategy } };
}

function single(step: DocumentStep): Partial<DocumentStep> {
  const assignee = step.assignee ?? step.vote?.groups?.[0]?.assignee;
  if (assignee?.strategy !== 'user') return { vote: undefined, assignee };
  const user = assignee.user ?? assignee.users?.[0];
  return { vote: undefined, assignee: { strategy: 'user', ...(user && { user }) } };
}

type Strategy = { value: string; one: string; all?: string };
const strategies: Strategy[] = [
  { value: 'manager', one: 'The manager', all: 'The managers above' },
  { value: 'department', one: 'The head of a department', all: 'The head of a department' },
  { value: 'role', one: 'Somebody with a role', all: 'Everybody with a role' },
  { value: 'user', one: 'A certain person', all: 'Certain people' },
  { value: 'chosen', one: 'Chosen by the person before', all: 'Chosen by the person before' },
  { value: 'claim', one: 'Whoever of a group takes it first' },
  { value: 'rule', one: 'Found by a rule', all: 'Everybody who matches a rule' },
  { value: 'field', one: 'A person named in the form', all: 'A person named in the form' },
  { value: 'previous', one: 'Whoever decided an earlier step', all: 'Whoever decided an earlier step' },
  { value: 'initiator', one: 'The requester', all: 'The requester' },
];

const whose = [
  { value: 'initiator', label: 'The requester' },
  { value: 'last', label: 'The person before' },
];

const picks = [
  { value: 'claim', label: 'Whoever takes it first' },
  { value: 'round_robin', label: 'Each in turn' },
  { value: 'least_loaded', label: 'Who has the least open work' },
  { value: 'random', label: 'One by lot' },
  { value: 'only', label: 'Exactly one must match' },
];

/** What a strategy begins with. A rule about people is kept from one to the next. */
function begun(strategy: string, old: Assignee | undefined): Assignee {
  const candidates = old?.candidates &&
    ['chosen', 'claim', 'rule'].includes(strategy) && { candidates: old.candidates };
  if (strategy === 'manager' || strategy === 'department') return { strategy, of: 'initiator' };
  if (strategy === 'rule') return { strategy, ...candidates };
  return { strategy, ...candidates };
}

type AssigneeProps = {
  step: DocumentStep;
  path: string;
  value: Assignee | undefined;
  several: boolean;
  onChange: (assignee: Assignee, mark?: string) => void;
  /** Of a group of a vote: nobody chooses its people by hand. */
  group?: boolean;
};

/** Who gets a task, and how they are found. */
export function AssigneeSettings({ step, path, value, several, onChange, group = false }: AssigneeProps) {
  const put = (patch: Partial<Assignee>, mark?: string) =>
    value && onChange({ ...patched(value, patch), strategy: value.strategy }, mark && `${path}.${mark}`);
  const offered = strategies.filter((s) => (several ? s.all : s.one) && !(group && s.value === 'chosen'));
  const options = offered.map((s) => ({ value: s.value, label: (several && s.all) || s.one }));
  return (
    <>
      <SelectSetting
        label={several ? 'Who is asked' : 'Who decides'}
        path={value ? `${path}.strategy` : path}
        placeholder="Choose how they are found"
        options={options}
        value={value?.strategy}
        onChange={(strategy) => strategy && strategy !== value?.strategy && onChange(begun(strategy, value))}
      />
      {value && <Details step={step} path={path} value={value} several={several} put={put} />}
    </>
  );
}

type DetailsProps = {
  step: DocumentStep;
  path: string;
  value: Assignee;
  several: boolean;
  put: (patch: Partial<Assignee>, mark?: string) => void;
};

function Details({ step, path, value, several, put }: DetailsProps) {
  const { doc } = useEditor();
  switch (value.strategy) {
    case 'manager':
      return <ManagerDetails path={path} value={value} several={several} put={put} />;
    case 'department':
      return <DepartmentDetails path={path} value={value} put={put} />;
    case 'role':
      return (
        <>
          <RoleSetting path={`${path}.role`} value={value.role} onChange={(role) => put({ role })} />
          {!several && (
            <SelectSetting
              label="Where several have it"
              path={`${path}.pick`}
              options={picks}
              value={value.pick ?? 'claim'}
              onChange={(pick) => put({ pick: pick === 'claim' ? undefined : pick })}
            />
          )}
        </>
      );
    case 'user':
      return several ? (
        <PeopleSetting
          label="People"
          path={value.users?.length ? `${path}.users` : `${path}.user`}
          value={value.users ?? (value.user ? [value.user] : [])}
          onChange={(users) => put({ users, user: undefined })}
        />
      ) : (
        <PersonSetting
          label="Person"
          path={`${path}.user`}
          value={value.user}
          onChange={(user) => put({ user, users: undefined })}
        />
      );
    case 'previous':
      return (
        <SelectSetting
          label="Which step"
          path={`${path}.step`}
          options={tasksBeside(doc, step.id)}
          value={value.step}
          onChange={(id) => put({ step: id })}
        />
      );
    case 'field': {
      const fields = formChoices(doc, 'user');
      return (
        <SelectSetting
          label="Which field"
          path={`${path}.field`}
          description={fields.length === 0 ? 'The form has no field for a person yet. Add one there.' : undefined}
          options={fields}
          value={value.field}
          onChange={(field) => put({ field })}
        />
      );
    }
    case 'chosen':
    case 'claim':
    case 'rule':
      return <CandidateDetails path={path} value={value} several={several} put={put} />;
    default:
      return null;
  }
}

function ManagerDetails({ path, value, several, put }: Omit<DetailsProps, 'step'>) {
  return (
    <>
      <SelectSetting
        label="Whose manager"
        path={`${path}.of`}
        options={whose}
        value={value.of ?? 'initiator'}
        onChange={(of) => put({ of })}
      />
      <NumberSetting
        label={several ? 'How many managers above' : 'How many levels up'}
        description={several ? 'Each of them is asked.' : '1 is the manager, 2 the manager’s manager.'}
        path={`${path}.levels`}
        whole
        placeholder="1"
        value={value.levels}
        onChange={(levels) => put({ levels: levels || undefined }, 'levels')}
      />
    </>
  );
}

function CandidateDetails({ path, value, several, put }: Omit<DetailsProps, 'step'>) {
  return (
    <>
      <RuleSetting
        label={value.strategy === 'chosen' ? 'Who can be chosen' : 'Who belongs to it'}
        about="people"
        empty={value.strategy === 'chosen' ? 'Anybody' : 'Say who'}
        path={`${path}.candidates`}
        value={value.candidates}
        onChange={(candidates) => put({ candidates }, 'candidates')}
      />
      {value.strategy === 'rule' && !several && (
        <SelectSetting
          label="Where several match"
          path={`${path}.pick`}
          options={picks}
          value={value.pick ?? 'only'}
          onChange={(pick) => put({ pick: pick === 'only' ? undefined : pick })}
        />
      )}
    </>
  );
}

function DepartmentDetails({ path, value, put }: Omit<DetailsProps, 'step' | 'several'>) {
  const departments = useQuery(read('departments.list', {})).data?.items ?? [];
  const options = [
    { value: '@initiator', label: 'That of the requester' },
    { value: '@last', label: 'That of the person before' },
    ...departments.map(({ key, name }) => ({ value: key, label: name })),
  ];
  return (
    <SelectSetting
      label="Which department"
      path={value.department ? `${path}.department` : `${path}.of`}
      searchable
      options={options}
      value={value.department ?? `@${value.of ?? 'initiator'}`}
      onChange={(chosen) =>
        chosen?.startsWith('@')
          ? put({ of: chosen.slice(1), department: undefined })
          : put({ department: chosen, of: undefined })
      }
    />
  );
}

type RoleProps = { path: string; value: string | undefined; onChange: (role: string | undefined) => void };

function RoleSetting({ path, value, onChange }: RoleProps) {
  const roles = useQuery(read('roles.list', {})).data?.items ?? [];
  return (
    <SelectSetting
      label="Role"
      path={path}
      searchable
      placeholder="Choose a role"
      options={roles.map(({ key, name }) => ({ value: key, label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
