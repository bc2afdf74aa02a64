import { describe, expect, it } from 'vitest';
import type { Definition, LayoutItem } from '@/lib/definition';
import { fieldsWithoutLife, liveText, previewForm } from './preview';

describe('the preview of the form', () => {
  const document: Definition = {
    key: 'X',
    name: 'X',
    form: {
      fields: [
        { name: 'a', type: 'text', label: '', required: true, visible_when: 'form.b > 1' },
        { name: 'b', type: 'number', label: 'B' },
        { name: 'c', type: 'number', label: 'C', calculate: 'form.b * 2' },
      ],
      layout: [{ section: 'S', items: ['a', { columns: ['b', { field: 'c' }] }] as LayoutItem[] }],
    },
    steps: [
      { id: 'submit', type: 'start' },
      { id: 'hr', type: 'task', fields: { a: 'hidden', b: 'edit' } },
    ],
  };

  it('shows each field in the mode of the step, without its rules', () => {
    const start = previewForm(document, 'submit');
    expect(start.fields.map((f) => [f.name, f.mode, f.visible_when])).toEqual([
      ['a', 'required', undefined],
      ['b', 'edit', undefined],
      ['c', 'read', undefined],
    ]);
    expect(start.fields[0]?.label).toBe('A');
    expect(previewForm(document, 'hr').fields.map((f) => [f.name, f.mode])).toEqual([
      ['b', 'edit'],
      ['c', 'read'],
    ]);
  });

  it('reads the short form of the layout', () => {
    const section = previewForm(document, 'submit').layout[0];
    expect(section?.items?.[0]?.field).toBe('a');
    expect(section?.items?.[1]?.columns?.map((item) => item.field)).toEqual(['b', 'c']);
  });

  it('shows each field as readers without a task see it', () => {
    const hidden = { ...document, audiences: { others: { b: 'hidden' } } };
    const modes = (id: 'initiator' | 'others') =>
      previewForm(hidden, { kind: 'audience', id }).fields.map((f) => [f.name, f.mode]);
    expect(modes('others')).toEqual([
      ['a', 'read'],
      ['c', 'read'],
    ]);
    expect(modes('initiator')).toHaveLength(3);
  });

  it('keeps the rules that speak of the form alone when it is live', () => {
    const fields = previewForm(document, 'submit', { live: true }).fields;
    expect(fields.map((f) => f.visible_when ?? f.calculate)).toEqual(['form.b > 1', undefined, 'form.b * 2']);
  });

  it('says which fields it cannot follow', () => {
    const rows = { rows: { combinator: 'and', rules: [{ field: 'form.b', operator: '>', value: 1 }] } };
    const fields = [
      { name: 'a', type: 'text', visible_when: rows },
      { name: 'b', type: 'number', label: 'Rest', calculate: 'initiator.leave_balance - 1' },
      { name: 'c', type: 'number', calculate: 'form.b + params.x', rules: [{ check: 'form.c > 0', message: 'No.' }] },
      { name: 'd', type: 'number', rules: [{ check: 'form.d >', message: 'No.' }] },
    ];
    expect(fieldsWithoutLife({ key: 'X', name: 'X', form: { fields } })).toEqual(['A', 'Rest', 'D']);
    expect(liveText('form.items.all(x, x.cost > 1)')).toBe('form.items.all(x, x.cost > 1)');
  });
});
