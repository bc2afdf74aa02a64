import { describe, expect, it } from 'vitest';
import type { Run, TransitionView } from '@/api/types';
import { plainApproval } from './plain-approval';

const person = (id: string) => ({ id, name: id, email: '', status: 'active' as const });
const way: TransitionView = { id: 'ok', name: 'OK', kind: 'approve', comment: 'optional', choices: [] };
const choice = (...ids: string[]) => ({
  step_id: 'hr',
  step_name: 'HR',
  many: false,
  candidates: ids.map(person),
  more: false,
});
const run = (t: Partial<TransitionView>, more: Partial<Run> = {}): Run =>
  ({
    form: { fields: [], layout: [] },
    values: {},
    rule_context: {},
    task: {
      id: 't',
      can: { complete: true },
      transitions: [
        { ...way, kind: 'forward', id: 'on' },
        { ...way, ...t },
      ],
    },
    ...more,
  }) as unknown as Run;

describe('an approval by one key', () => {
  it('is the first way of the kind approve', () => {
    expect(plainApproval(run({}))).toEqual({ task_id: 't', transition: 'ok' });
    expect(plainApproval(run({ kind: 'reject' }))).toBeUndefined();
  });

  it('chooses the only person by itself, and nobody where there are several or none', () => {
    expect(plainApproval(run({ choices: [choice('meera')] }))).toEqual({
      task_id: 't',
      transition: 'ok',
      assignees: { hr: ['meera'] },
    });
    expect(plainApproval(run({ choices: [choice('meera', 'hana')] }))).toBeUndefined();
    expect(plainApproval(run({ choices: [choice()] }))).toBeUndefined();
    expect(plainApproval(run({ choices: [{ ...choice('meera'), more: true }] }))).toBeUndefined();
  });

  it('waits for a reason, a field and the right to', () => {
    expect(plainApproval(run({ comment: 'required' }))).toBeUndefined();
    const fields = [{ name: 'cost', type: 'text', label: 'Cost', mode: 'required' }];
    const form = { fields, layout: [] } as unknown as Run['form'];
    expect(plainApproval(run({}, { form }))).toBeUndefined();
    expect(plainApproval(run({}, { form, values: { cost: '5' } }))).toBeDefined();
    expect(plainApproval(run({}, { task: undefined }))).toBeUndefined();
  });
});
