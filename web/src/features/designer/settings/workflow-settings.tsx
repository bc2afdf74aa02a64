import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '@/api/query';
import { iconNames, WorkflowIcon } from '@/components/workflow-icon';
import { type Definition, patched, stepsOf, titled } from '@/lib/definition';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { AbsenceSettings } from './absence-settings';
import { Group, NameSetting, RuleSetting, SelectSetting, SwitchSetting, TextSetting } from './controls';
import { PairsSetting } from './pairs-setting';
import { ParamsSetting } from './params-setting';

const validKey = /^[A-Z][A-Z0-9_]{0,19}$/;
const keyHelp = 'Capital letters, digits and _, beginning with a letter, at most 20.';

/** Everything that is said of the workflow as a whole. */
export function WorkflowSettings() {
  const { doc, edit, workflow } = useEditor();
  const set = (patch: Partial<Definition>, mark?: string) =>
    edit((d) => patched({ ...d, key: d.key, name: d.name }, patch), { mark });
  const fixed = (workflow.version ?? 0) > 0;
  const key = (text: string) => (validKey.test(text) ? undefined : keyHelp);
  return (
    <div className={classes.settings}>
      <TextSetting
        label="Name"
        path="name"
        value={doc.name}
        onChange={(name) => edit((d) => ({ ...d, name: name ?? '' }), { mark: 'name' })}
      />
      <TextSetting
        label="Description"
        path="description"
        description="Says below the name what it is for."
        lines={2}
        value={doc.description}
        onChange={(description) => set({ description }, 'description')}
      />
      <GroupSetting
        value={doc.group}
        onChange={(group) => edit((d) => ({ ...d, group: group ?? '' }), { mark: 'group' })}
      />
      <IconSetting workflowKey={workflow.key} value={doc.icon} onChange={(icon) => set({ icon })} />
      <NameSetting
        label="Key"
        path="key"
        description={
          fixed ? 'Stays as it is once the workflow was published.' : 'Requests are numbered with it: LEAVE-17.'
        }
        value={doc.key}
        valid={key}
        disabled={fixed}
        onChange={(text) => text && edit((d) => ({ ...d, key: text }))}
      />
      <NameSetting
        label="Prefix of numbers"
        path="prefix"
        description="Only when it should differ from the key."
        placeholder={doc.key}
        value={doc.prefix}
        valid={(text) => (text === '' ? undefined : key(text))}
        onChange={(prefix) => set({ prefix })}
      />
      <Group title="Who may use it">
        <RuleSetting
          label="Who sees and starts it"
          path="visible_to"
          about="people"
          before
          empty="Everybody"
          value={doc.visible_to}
          onChange={(visible_to) => set({ visible_to }, 'visible_to')}
        />
        <SwitchSetting
          label="Requesters may decide their own requests"
          description="Off is the advice: nobody signs for himself."
          value={doc.duties?.initiator_decides}
          onChange={(initiator_decides) => set({ duties: patched(doc.duties ?? {}, { initiator_decides }) })}
        />
        <SwitchSetting
          label="Who approved once is not asked again"
          description="A later step whose only approver approved in the same round is passed over, with a line in the history."
          value={doc.duties?.skip_repeated}
          onChange={(skip_repeated) => set({ duties: patched(doc.duties ?? {}, { skip_repeated }) })}
        />
        <PairsSetting
          label="Never decided by the same person"
          path="duties.apart"
          value={doc.duties?.apart}
          steps={stepsOf(doc).flatMap((s) =>
            s.type === 'task' ? [{ value: s.id, label: s.name || titled(s.id) }] : [],
          )}
          onChange={(apart) => set({ duties: patched(doc.duties ?? {}, { apart }) })}
        />
      </Group>
      <Group title="Requests">
        <RuleSetting
          label="Title of a request"
          path="title"
          gives="text"
          empty="The name of the workflow"
          value={doc.title}
          onChange={(title) => set({ title }, 'title')}
        />
        <AbsenceSettings />
      </Group>
      <Group title="Parameters">
        <ParamsSetting />
      </Group>
    </div>
  );
}

function GroupSetting({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (group: string | undefined) => void;
}) {
  const groups = useQuery(read('workflows.list', { limit: 1 })).data?.groups ?? [];
  const departments = useQuery(read('departments.list', {})).data?.items ?? [];
  const known = new Map<string, string>();
  for (const { key, name } of departments) known.set(key, name);
  for (const { key, name } of groups) known.set(key, name);
  return (
    <SelectSetting
      label="Group"
      path="group"
      description="The tab of the first page on which it stands."
      searchable
      value={value}
      options={[...known].map(([group, name]) => ({ value: group, label: name }))}
      onChange={onChange}
    />
  );
}

type IconProps = { workflowKey: string; value: string | undefined; onChange: (icon: string | undefined) => void };

function IconSetting({ workflowKey, value, onChange }: IconProps) {
  // A name that only the server knows is kept.
  const names = value && !iconNames.includes(value) ? [...iconNames, value] : iconNames;
  const options = names.map((name) => ({ value: name, label: titled(name.replaceAll('-', ' ')) }));
  return (
    <Select
      label="Icon"
      searchable
      clearable
      data={options}
      value={value ?? null}
      leftSection={<WorkflowIcon workflow={{ key: workflowKey, icon: value }} size={20} />}
      renderOption={({ option }) => (
        <span className={classes.iconOption}>
          <WorkflowIcon workflow={{ key: workflowKey, icon: option.value }} size={22} /> {option.label}
        </span>
      )}
      onChange={(icon) => onChange(icon ?? undefined)}
    />
  );
}
