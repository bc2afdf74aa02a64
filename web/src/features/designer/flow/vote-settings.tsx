import { ActionIcon, Button } from '@mantine/core';
import { type DocumentVote, freeName, patched, titled, type VoteGroup } from '@/lib/definition';
import { IconPlus, IconX } from '@/ui/icons';
import page from '../designer.module.css';
import { NumberSetting, SelectSetting, SwitchSetting, TextSetting } from '../settings/controls';
import { AssigneeSettings } from './assignee-settings';
import { More } from './more';
import type { StepProps } from './step-settings';

/** How the voices of several people make one decision. */
export function VoteSettings({ step, set }: StepProps) {
  const vote = step.vote ?? {};
  const groups = vote.groups ?? [];
  const path = `steps.${step.id}.vote`;
  const put = (patch: Partial<DocumentVote>, mark?: string) => {
    const next = patched(vote, patch);
    // A vote that says nothing is still a vote: all have to agree.
    set({ vote: Object.keys(next).length > 0 ? next : { need: 'all' } }, mark);
  };
  const change = (i: number, patch: Partial<VoteGroup>, mark?: string) =>
    put(
      { groups: groups.map((g, n) => (n === i ? { ...patched(g, patch), id: patch.id ?? g.id } : g)) },
      mark && `group.${i}.${mark}`,
    );
  const add = () => {
    const id = freeName(
      'group',
      groups.map((g) => g.id),
    );
    return [...groups, { id, name: `Group ${groups.length + 1}`, assignee: { strategy: 'role' }, need: 'all' }];
  };
  const divide = () => {
    const first = { id: 'group', name: 'Group 1', assignee: grouped(step.assignee), need: vote.need ?? 'all' };
    const second = { id: 'group_2', name: 'Group 2', assignee: { strategy: 'role' }, need: 'all' };
    set({ assignee: undefined, vote: { ...patched(vote, { need: undefined }), groups: [first, second] } });
  };
  const unite = () =>
    set({
      assignee: groups[0]?.assignee,
      vote: { ...patched(vote, { groups: undefined }), need: groups[0]?.need ?? 'all' },
    });
  return (
    <>
      {groups.length === 0 && (
        <NeedSetting path={`${path}.need`} value={vote.need} onChange={(need) => put({ need }, 'need')} />
      )}
      {groups.map((group, i) => {
        const called = group.name || titled(group.id);
        const at = `${path}.groups.${i}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: its id changes while its name is written
          <fieldset key={i} className={page.card}>
            <legend className="hs-visually-hidden">{called}</legend>
            <ActionIcon
              className={page.cardClose}
              variant="subtle"
              color="gray"
              aria-label={`Remove ${called}`}
              onClick={() => (groups.length > 2 ? put({ groups: groups.filter((_, n) => n !== i) }) : unite())}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
            <TextSetting
              label="Name of the group"
              path={`${at}.name`}
              value={group.name}
              onChange={(name) => change(i, { name }, 'name')}
            />
            <AssigneeSettings
              step={step}
              path={`${at}.assignee`}
              value={group.assignee}
              several
              group
              onChange={(assignee, mark) => change(i, { assignee }, mark)}
            />
            <NeedSetting path={`${at}.need`} value={group.need} onChange={(need) => change(i, { need }, 'need')} />
          </fieldset>
        );
      })}
      {groups.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={page.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => put({ groups: add() })}
        >
          Add a group
        </Button>
      )}
      <More title="More about the vote" paths={[`${path}.sequence`, `${path}.veto`]}>
        <SwitchSetting
          label="One after another"
          description="Otherwise all are asked at the same time."
          value={vote.sequence}
          onChange={(sequence) => put({ sequence })}
        />
        <SwitchSetting
          label="One voice against is enough to refuse"
          value={vote.veto}
          onChange={(veto) => put({ veto })}
        />
        {groups.length === 0 && (
          <Button size="compact-sm" variant="subtle" className={page.add} onClick={divide}>
            Count several groups apart
          </Button>
        )}
      </More>
    </>
  );
}

/** Nobody chooses the people of a group by hand. */
const grouped = (assignee: VoteGroup['assignee']) =>
  !assignee || assignee.strategy === 'chosen' ? { strategy: 'role' } : assignee;

type NeedProps = {
  path: string;
  value: string | number | undefined;
  onChange: (need: string | undefined) => void;
};

/** How many have to agree. */
function NeedSetting({ path, value, onChange }: NeedProps) {
  const text = String(value ?? 'all');
  const kind = text === 'all' || text === 'any' ? text : text.endsWith('%') ? 'share' : 'count';
  const number = Number.parseInt(text, 10) || undefined;
  return (
    <>
      <SelectSetting
        label="How many have to agree"
        path={path}
        options={[
          { value: 'all', label: 'All of them' },
          { value: 'any', label: 'The first to answer decides' },
          { value: 'count', label: 'A number of them' },
          { value: 'share', label: 'A share of them' },
        ]}
        value={kind}
        onChange={(next) => onChange(next === 'count' ? '2' : next === 'share' ? '60%' : next)}
      />
      {(kind === 'count' || kind === 'share') && (
        <NumberSetting
          label={kind === 'count' ? 'Number' : 'Share in %'}
          whole
          value={number}
          onChange={(n) => n !== undefined && onChange(kind === 'share' ? `${n}%` : String(n))}
        />
      )}
    </>
  );
}
