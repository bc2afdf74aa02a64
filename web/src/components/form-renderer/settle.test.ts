import { describe, expect, it } from 'vitest';
import type { FieldView, FormView } from '@/api/types';
import { changedValues, enteredValues, settle, settleOrder } from './settle';

const field = (name: string, type: string, more: Partial<FieldView> = {}): FieldView => ({
  name,
  type,
  label: name.charAt(0).toUpperCase() + name.slice(1),
  mode: 'edit',
  ...more,
});
const form = (...fields: FieldView[]): FormView => ({ fields, layout: [] });

const leave = form(
  field('from', 'date', { mode: 'required' }),
  field('to', 'date', {
    mode: 'required',
    rules: [{ check: 'form.to >= form.from', message: 'The last day is before the first.' }],
  }),
  field('days', 'number', { mode: 'read', calculate: 'workdays(form.from, form.to)' }),
  field('reason', 'text', { mode: 'required', visible_when: 'form.days > 2' }),
);

describe('settle', () => {
  it('calculates, shows and requires as values come in', () => {
    const empty = settle(leave, {}, {});
    expect(empty.values).toEqual({});
    expect([...empty.hidden]).toEqual(['reason']);
    expect(empty.errors).toEqual({ from: 'From is required.', to: 'To is required.' });

    const week = settle(leave, { from: '2026-11-23', to: '2026-11-27' }, {});
    expect(week.values.days).toBe(5);
    expect(week.hidden.size).toBe(0);
    expect(week.errors).toEqual({ reason: 'Reason is required.' });
  });

  it('says what a rule says', () => {
    expect(settle(leave, { from: '2026-11-27', to: '2026-11-23' }, {}).errors).toEqual({
      to: 'The last day is before the first.',
    });
  });

  it('takes back what was entered in a field that is hidden again', () => {
    const one = settle(leave, { from: '2026-11-23', to: '2026-11-23', reason: 'because' }, {});
    expect(one.values.reason).toBeUndefined();
    expect(enteredValues(leave, one)).toEqual({ from: '2026-11-23', to: '2026-11-23' });
  });

  it('orders fields by what they read, wherever they stand', () => {
    const total = field('total', 'number', { mode: 'read', calculate: 'form.net * 2' });
    const net = field('net', 'number', { mode: 'read', calculate: 'form.price * form.count', decimals: 1 });
    const all = form(total, net, field('price', 'number'), field('count', 'number'));
    expect(settleOrder(all.fields).map((f) => f.name)).toEqual(['price', 'count', 'net', 'total']);
    expect(settle(all, { price: 2.26, count: 2 }, {}).values).toMatchObject({ net: 4.5, total: 9 });
  });

  it('does not loop over rules that go in a circle', () => {
    const a = field('a', 'number', { mode: 'read', calculate: 'form.b' });
    const b = field('b', 'number', { mode: 'read', calculate: 'form.a' });
    expect(settleOrder([a, b])).toHaveLength(2);
  });

  it('leaves a form alone in which nothing can be entered', () => {
    const read = form(field('n', 'number', { mode: 'read', calculate: 'form.m + 1' }));
    expect(settle(read, { n: 7 }, {})).toEqual({ values: { n: 7 }, hidden: new Set(), errors: {}, missing: new Set() });
  });

  it('knows the initiator, the step and today', () => {
    const f = form(
      field('x', 'text', { visible_when: 'initiator.level_rank >= 5 && step == "hr" && today < date("2027-01-01")' }),
    );
    const context = { initiator: { level_rank: 5 }, step: 'hr', today: '2026-11-24' };
    expect(settle(f, {}, context).hidden.size).toBe(0);
    expect(settle(f, {}, { ...context, step: 'it' }).hidden.size).toBe(1);
  });

  it('does not calculate with what cannot be read', () => {
    const f = form(field('n', 'number'), field('twice', 'number', { mode: 'read', calculate: 'form.n * 2' }));
    const s = settle(f, { n: 'abc' }, {});
    expect(s.values).toEqual({});
    expect(s.errors).toEqual({ n: 'N must be a number.' });
  });
});

describe('tables', () => {
  const items = field('items', 'table', {
    min_rows: 1,
    mode: 'required',
    columns: [
      field('what', 'text', { required: true }),
      field('cost', 'money', { currencies: ['EUR'], required: true, min: 0 }),
    ],
  });
  const claim = form(
    items,
    field('total', 'money', { mode: 'read', calculate: 'money(sum(form.items, "cost"), "EUR")' }),
  );
  const eur = (amount: string) => ({ amount, currency: 'EUR' });

  it('are summed exactly', () => {
    const rows = ['0.10', '0.20', '0.30'].map((a) => ({ what: 'x', cost: eur(a) }));
    expect(settle(claim, { items: rows }, {}).values.total).toEqual(eur('0.60'));
  });

  it('name the cell that is wrong, and keep its number', () => {
    const s = settle(claim, { items: [{ what: 'a', cost: eur('1') }, {}, { what: 'b', cost: eur('-1') }, {}] }, {});
    expect(s.errors).toEqual({
      'items.1.what': 'What is required in row 2 of Items.',
      'items.1.cost': 'Cost is required in row 2 of Items.',
      'items.2.cost': 'Cost must be at least 0 EUR.',
    });
    expect([...s.missing]).toEqual(['items.1.what', 'items.1.cost']);
    expect(s.values.items).toHaveLength(3);
  });

  it('must not stay empty where they are required', () => {
    expect(settle(claim, { items: [{}, {}] }, {}).errors).toEqual({ items: 'Items is required.' });
  });
});

describe('what is sent', () => {
  it('is what changed, null for what was emptied', () => {
    const f = form(field('a', 'text'), field('b', 'text'), field('c', 'text', { mode: 'read' }), field('d', 'number'));
    const before = { a: 'x', b: 'y', c: 'z' };
    const after = settle(f, { a: 'x', b: '', c: 'changed', d: '1,200' }, {});
    expect(changedValues(f, before, after)).toEqual({ b: null, d: 1200 });
  });
});
