import { describe, expect, it } from 'vitest';
import type { Definition } from '@/api/types';
import { addField, changeField, changeStep, changeTransition, connect, moveItem, removeSteps } from '@/lib/definition';
import { compare, isSame } from '.';

const doc: Definition = {
  key: 'LEAVE',
  name: 'Leave',
  form: {
    fields: [
      { name: 'days', type: 'number', label: 'Days' },
      { name: 'why', type: 'choice', label: 'Why', options: [{ value: 'a', label: 'Annual' }] },
      { name: 'items', type: 'table', label: 'Items', columns: [{ name: 'cost', type: 'number', label: 'Cost' }] },
    ],
    layout: [{ section: 'Leave', items: [{ field: 'days' }, { field: 'why' }] }, { field: 'items' }],
  },
  steps: [
    { id: 'start', type: 'start', transitions: [{ id: 'go', to: 'boss' }] },
    {
      id: 'boss',
      type: 'task',
      assignee: { strategy: 'manager' },
      transitions: [{ id: 'ok', to: 'done', name: 'Approve', kind: 'approve' }],
    },
    { id: 'done', type: 'end', outcome: 'approved' },
  ],
  params: [{ name: 'limit', type: 'number', value: 5 }],
};

describe('comparing two definitions', () => {
  it('finds nothing where nothing differs', () => {
    expect(isSame(compare(doc, structuredClone(doc)))).toBe(true);
  });
  it('tells of the workflow in words', () => {
    const after = {
      ...doc,
      name: 'Days off',
      visible_to: 'user.level > "M5"',
      params: [{ name: 'limit', type: 'number', value: 9 }],
    };
    expect(compare(doc, after).workflow).toEqual([
      { what: 'Name', before: 'Leave', after: 'Days off' },
      { what: 'Who sees and starts it', before: 'Everybody', after: 'user.level > "M5"' },
      { what: 'Parameter “Limit”', before: '5', after: '9' },
    ]);
  });
  it('tells of fields, their columns and where they stand', () => {
    let after = changeField(doc, 'days', { required: true, calculate: 'form.why == "a" ? 1.0 : 2.0' });
    after = changeField(after, 'items', {
      columns: [
        { name: 'cost', type: 'money', label: 'Cost' },
        { name: 'what', type: 'text' },
      ],
    });
    after = addField(after, { name: 'note', type: 'text', label: 'Note' }, { list: '', index: 2 });
    const found = compare(doc, after);
    expect(found.layout).toBe(false);
    expect(found.fields).toEqual([
      {
        id: 'days',
        name: 'Days',
        change: 'changed',
        details: [
          { what: 'Required', before: undefined, after: 'Yes' },
          { what: 'Calculated', before: undefined, after: '“Why” == "a" ? 1.0 : 2.0' },
        ],
      },
      {
        id: 'items',
        name: 'Items',
        change: 'changed',
        details: [
          { what: 'Column “Cost”: Type', before: 'Number', after: 'Money' },
          { what: 'Column “What”', before: undefined, after: 'There' },
        ],
      },
      { id: 'note', name: 'Note', change: 'added', details: [{ what: 'Type', before: undefined, after: 'Text' }] },
    ]);
    expect(compare(doc, moveItem(doc, '1', { list: '0.items', index: 0 }).doc)).toMatchObject({
      layout: true,
      fields: [],
    });
  });
  it('tells of steps, their ways and what they show', () => {
    let after = changeStep(doc, 'boss', { assignee: { strategy: 'role', role: 'hr' }, fields: { days: 'hidden' } });
    after = changeTransition(after, 'boss', 'ok', { when: 'form.days < 9.0' });
    after = connect(
      { ...after, steps: [...(after.steps ?? []), { id: 'no', type: 'end', outcome: 'rejected' }] },
      'boss',
      'no',
    ).doc;
    const found = compare(doc, after);
    expect(found.steps.map((s) => [s.id, s.change])).toEqual([
      ['boss', 'changed'],
      ['no', 'added'],
    ]);
    expect(found.steps[0]?.details).toEqual([
      { what: 'Who decides', before: 'The manager of the requester', after: 'Somebody with the role hr' },
      { what: 'Way “Approve”', before: 'to Done, approve', after: 'to Done, approve, when “Days” < 9.0' },
      { what: 'Way “No”', before: undefined, after: 'to No' },
      { what: 'Field “Days”', before: 'As usual', after: 'Hidden' },
    ]);
    expect(compare(doc, removeSteps(doc, ['boss'])).steps.map((s) => [s.id, s.change])).toEqual([
      ['start', 'changed'],
      ['boss', 'removed'],
    ]);
  });
});
