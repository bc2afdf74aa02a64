import { describe, expect, it } from 'vitest';
import type { Settled } from './settle';
import { formReducer, initialForm, shownErrors } from './use-form';

const settled = (errors: Record<string, string>, ...missing: string[]): Settled => ({
  values: {},
  hidden: new Set(),
  errors,
  missing: new Set(missing),
});

describe('the state of a form', () => {
  it('shows errors where the person has been, and all once sending was tried', () => {
    const s = settled(
      { a: 'A is required.', 'items.0.what': 'What is required.', 'items.0.cost': 'Cost must be a number.' },
      'a',
      'items.0.what',
    );
    let state = initialForm({});
    expect(shownErrors(state, s)).toEqual({});
    state = formReducer(state, { type: 'leave', field: 'items' });
    expect(shownErrors(state, s)).toEqual({ 'items.0.cost': 'Cost must be a number.' });
    state = formReducer(state, { type: 'try' });
    expect(Object.keys(shownErrors(state, s))).toHaveLength(3);
  });

  it('keeps the objections of the server until the field changes', () => {
    let state = formReducer(initialForm({}), {
      type: 'refuse',
      errors: [
        { field: 'items.0.cost', message: 'too much' },
        { field: 'reason', message: 'too short' },
      ],
    });
    expect(state.tried).toBe(true);
    state = formReducer(state, { type: 'enter', field: 'items', value: [] });
    expect(shownErrors(state, settled({}))).toEqual({ reason: 'too short' });
  });

  it('does not change when nothing does', () => {
    const state = formReducer(initialForm({}), { type: 'leave', field: 'a' });
    expect(formReducer(state, { type: 'leave', field: 'a' })).toBe(state);
    expect(formReducer(state, { type: 'reset', values: { b: 1 } })).toEqual(initialForm({ b: 1 }));
  });
});
