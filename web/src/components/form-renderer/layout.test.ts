import { expect, it } from 'vitest';
import type { FormView } from '@/api/types';
import { controlId, fieldsOf, inPageOrder, layoutOf } from './layout';

const form: FormView = {
  fields: ['a', 'b', 'c', 'd', 'lost'].map((name) => ({ name, type: 'text', label: name, mode: 'edit' })),
  layout: [
    { section: 'One', items: [{ columns: [{ field: 'c' }, { rows: [{ field: 'a' }] }] }] },
    { divider: true },
    { tabs: [{ label: 'T', items: [{ grid: [{ field: 'd' }, { field: 'b' }] }] }] },
  ],
};

it('finds the fields below every kind of item', () => {
  expect(form.layout.flatMap(fieldsOf)).toEqual(['c', 'a', 'd', 'b']);
});

it('loses no field that the layout forgets', () => {
  expect(layoutOf(form).at(-1)).toEqual({ field: 'lost' });
});

it('lists errors as the fields stand on the page, rows by their number', () => {
  const errors = { 'b.10.x': '3', 'b.9.x': '2', c: '1', elsewhere: '4' };
  expect(inPageOrder(form, errors).map(([, m]) => m)).toEqual(['1', '2', '3', '4']);
});

it('lists the errors of a table row by row, in the order of its columns', () => {
  const columns = ['what', 'cost'].map((name) => ({ name, type: 'text', label: name, mode: 'edit' as const }));
  const table: FormView = { fields: [{ name: 't', type: 'table', label: 't', mode: 'edit', columns }], layout: [] };
  const errors = { 't.1.cost': '4', 't.0.cost': '2', 't.1.what': '3', 't.0.what': '1' };
  expect(inPageOrder(table, errors).map(([, m]) => m)).toEqual(['1', '2', '3', '4']);
});

it('names the control of a path', () => expect(controlId('f', 'items.0.cost')).toBe('f-items-0-cost'));
