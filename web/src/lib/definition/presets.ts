import type { Assignee, Definition, DocumentStep, DocumentTransition, DocumentVote } from './document';
import { fieldsOf, stepOf } from './document';
import { connect } from './steps';

/** A step before it stands anywhere. */
export type NewStep = Omit<DocumentStep, 'id'>;
/** What of the organization makes a preset fit. */
export type PresetOrg = { departments?: { key: string; name: string }[] };

export type Preset = {
  id: string;
  group: 'approval' | 'work' | 'blank' | 'end';
  /** What it is called where it is chosen. */
  title: string;
  about: string;
  step: (doc: Definition, org: PresetOrg) => NewStep;
  /** What comes with it: a fork is nothing without the join behind it. */
  pair?: NewStep;
};

const task = (name: string, assignee: Assignee | undefined, more: Partial<NewStep> = {}): NewStep => ({
  type: 'task',
  name,
  ...(assignee && { assignee }),
  ...more,
});
const everybody: DocumentVote = { need: 'all' };
/** Nothing is decided here: there is nothing to refuse, and nobody to give it back to. */
const undecided = { reject: { off: true }, send_back: { off: true } };

/** The steps of the palette, each ready to use, in the order in which people need them. */
export const presets: Preset[] = [
  {
    id: 'manager',
    group: 'approval',
    title: 'Manager',
    about: 'The manager of whoever asks decides.',
    step: () => task('Manager', { strategy: 'manager', of: 'initiator' }),
  },
  {
    id: 'hr',
    group: 'approval',
    title: 'HR',
    about: 'Anybody in HR takes it and decides.',
    step: (_, org) => task('HR', { strategy: 'claim', candidates: `user.department == ${JSON.stringify(hrOf(org))}` }),
  },
  {
    id: 'department',
    group: 'approval',
    title: 'Department head',
    about: 'The head of the requester’s department, or of one you choose.',
    step: () => task('Department head', { strategy: 'department', of: 'initiator' }),
  },
  {
    id: 'role',
    group: 'approval',
    title: 'Somebody with a role',
    about: 'Somebody who has a role, such as Finance.',
    step: () => task('Approval by role', { strategy: 'role' }),
  },
  {
    id: 'person',
    group: 'approval',
    title: 'A certain person',
    about: 'Always the same person, by name.',
    step: () => task('Approval', { strategy: 'user' }),
  },
  {
    id: 'chosen',
    group: 'approval',
    title: 'Somebody chosen',
    about: 'The person before chooses who decides.',
    step: () => task('Chosen approver', { strategy: 'chosen' }),
  },
  {
    id: 'claim',
    group: 'approval',
    title: 'One of a group',
    about: 'Offered to a group; whoever takes it first decides.',
    step: () => task('Group', { strategy: 'claim' }),
  },
  {
    id: 'vote',
    group: 'approval',
    title: 'Several together',
    about: 'All of several people have to agree.',
    step: () => task('Committee', { strategy: 'user' }, { vote: everybody }),
  },
  {
    id: 'work',
    group: 'work',
    title: 'Something to do',
    about: 'Nothing to decide: one button, Done.',
    step: () => task('Work', { strategy: 'chosen' }, undecided),
  },
  {
    id: 'correction',
    group: 'work',
    title: 'Correction by requester',
    about: 'Whoever asked changes the form and sends it again.',
    step: (doc) => task('Correction', { strategy: 'initiator' }, { ...undecided, fields: editedAtStart(doc) }),
  },
  {
    id: 'task',
    group: 'blank',
    title: 'Step for people',
    about: 'You say who gets it and what they do.',
    step: () => task('Step', undefined),
  },
  {
    id: 'condition',
    group: 'blank',
    title: 'Condition',
    about: 'Decides by itself which way to go.',
    step: () => ({ type: 'condition', name: 'Condition' }),
  },
  {
    id: 'fork',
    group: 'blank',
    title: 'At the same time',
    about: 'Goes several ways at once; they meet again.',
    step: () => ({ type: 'fork', name: 'At the same time' }),
    pair: { type: 'join', name: 'All back' },
  },
  {
    id: 'workflow',
    group: 'blank',
    title: 'Start another workflow',
    about: 'Starts a request elsewhere and waits for it.',
    step: () => ({ type: 'workflow', name: 'Another workflow', starts: { workflow: '' } }),
  },
  end('approved', 'Approved'),
  end('rejected', 'Rejected'),
  end('done', 'Done'),
];

function end(outcome: string, name: string): Preset {
  return {
    id: `end_${outcome}`,
    group: 'end',
    title: `End: ${name.toLowerCase()}`,
    about: outcome === 'rejected' ? 'Reject leads here by itself.' : 'The request ends here.',
    step: () => ({ type: 'end', name, outcome }),
  };
}

export const presetOf = (id: string): Preset | undefined => presets.find((p) => p.id === id);

/** The department that looks after people. */
const hrOf = ({ departments = [] }: PresetOrg): string =>
  (departments.find((d) => d.key === 'HR') ?? departments.find((d) => /\bhr\b|human|people|personnel/i.test(d.name)))
    ?.key ?? 'HR';

/** Who corrects a request edits what he filled in at the start. */
function editedAtStart(doc: Definition): Record<string, string> {
  const said = doc.steps?.find((s) => s.type === 'start')?.fields ?? {};
  return Object.fromEntries(
    fieldsOf(doc).flatMap((f) => {
      const mode = said[f.name] ?? (f.calculate || f.type === 'note' ? 'read' : f.required ? 'required' : 'edit');
      return mode === 'edit' || mode === 'required' ? [[f.name, mode]] : [];
    }),
  );
}

/** What the first way on from a step is called, as its button, and what choosing it means. */
export function firstWay(step: DocumentStep): Partial<DocumentTransition> {
  if (step.type !== 'task' || step.transitions?.length) return {};
  if (!step.reject?.off) return { id: 'approve', name: 'Approve', kind: 'approve' };
  if (step.assignee?.strategy === 'initiator') return { id: 'again', name: 'Send again', kind: undefined };
  return { id: 'done', name: 'Done', kind: undefined };
}

/** Draws an arrow as people expect it: the first from an approval is its Approve, later ones are called as their target. */
export function draw(doc: Definition, from: string, to: string): { doc: Definition; id: string | undefined } {
  const step = stepOf(doc, from);
  return connect(doc, from, to, step ? firstWay(step) : {});
}
