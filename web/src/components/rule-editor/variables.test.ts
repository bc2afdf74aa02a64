import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Definition } from '@/api/types';
import type { Kind } from '@/lib/rule';
import { beforeStart, variablesOf } from './variables';

const document = {
  key: 'TEST',
  name: 'Test',
  form: {
    fields: [
      { name: 'days', type: 'number', label: 'Days' },
      { name: 'reason', type: 'choice', label: 'Reason', options: [{ value: 'a', label: 'An A' }] },
      { name: 'from', type: 'date', label: 'From' },
      { name: 'to', type: 'date' },
      { name: 'urgent', type: 'yes_no', label: 'Urgent' },
      { name: 'tags', type: 'choices', label: 'Tags', options: [{ value: 'a' }] },
      { name: 'total', type: 'money', label: 'Total', currencies: ['EUR', 'INR'] },
      { name: 'leave', type: 'date_range', label: 'Leave' },
      { name: 'at', type: 'datetime', label: 'At' },
      { name: 'items', type: 'table', label: 'Items', columns: [{ name: 'n', type: 'number' }] },
      { name: 'words', type: 'note', label: 'Only words' },
      { name: 'later', type: 'a type of later', label: 'Later' },
    ],
  },
  steps: [
    { id: 'start', type: 'start', transitions: [{ id: 'ok', name: 'Send', to: 'head_of' }] },
    { id: 'head_of', type: 'task', transitions: [{ id: 'ok', name: 'Fine', to: 'start' }] },
  ],
} as unknown as Definition;
const custom = [{ key: 'grade', label: 'Grade', kind: 'number' as const }];
const all = variablesOf(document, 'people', custom);
const find = (name: string) => all.find((variable) => variable.name === name);

describe('the variables of a workflow', () => {
  it('are those of the server, each of its kind', () => {
    const corpus = JSON.parse(readFileSync('../internal/core/rule/testdata/rows.json', 'utf8'));
    const wanted = corpus.variables as Record<string, Kind>;
    expect(Object.fromEntries(all.map(({ name, kind }) => [name, kind]))).toEqual(wanted);
    expect(all.length).toBe(Object.keys(wanted).length);
  });
  it('are each called differently', () => {
    const labels = all.map(({ label }) => label);
    expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
  });
  it('know the person only where somebody is looked at', () => {
    expect(variablesOf(document).some(({ name }) => name.startsWith('user.'))).toBe(false);
    expect(variablesOf(document, 'people')[0]).toMatchObject({ name: 'user.department', group: 'Person' });
  });
  it('are called as people call them', () => {
    expect(find('form.to')?.label).toBe('to');
    expect(find('form.leave.from')?.label).toBe('Leave: first day');
    expect(find('initiator.grade')).toEqual({
      name: 'initiator.grade',
      label: 'Grade of the requester',
      kind: 'number',
      group: 'Requester',
    });
    expect(find('form.total.currency')?.options).toEqual([{ value: 'EUR' }, { value: 'INR' }]);
    expect(find('step')?.options?.map(({ label }) => label)).toEqual(['Start', 'Head of']);
    expect(find('prev.transition')?.options).toEqual([{ value: 'ok', label: 'Send' }]);
  });
  it('have the parameters, by their kind', () => {
    const params = [
      { name: 'limit', label: 'Limit', type: 'money' },
      { name: 'boss', type: 'user' },
    ];
    const more = variablesOf({ ...document, params }).filter(({ group }) => group === 'Parameters');
    expect(more.map(({ name, picks }) => [name, picks])).toEqual([
      ['params.limit.amount', undefined],
      ['params.limit.currency', undefined],
      ['params.boss', 'user'],
    ]);
  });
  it('are few before a request is started', () => {
    const roots = new Set(beforeStart(all).map(({ name }) => name.split('.')[0]));
    expect([...roots].sort()).toEqual(['now', 'org', 'today', 'user']);
  });
});
