import { describe, expect, it } from 'vitest';
import {
  copyText,
  type Definition,
  followsLabel,
  itemAt,
  layoutOf,
  matrixColumns,
  matrixRows,
  modeOf,
  moveItem,
  namesIn,
  nextMode,
  pasteText,
  pathOfSelection,
  placeBehind,
  placesIn,
  placeWords,
  relabelColumn,
  relabelField,
  selectionAt,
  setModesWhere,
  stepPlace,
  usesOfItem,
  visiblePaths,
} from '.';

const field = (name: string, more = {}) => ({ name, type: 'text', label: name.toUpperCase(), ...more });
const doc = (): Definition => ({
  key: 'X',
  name: 'X',
  form: {
    fields: [
      field('a', { required: true }),
      field('b', { visible_when: 'form.a != null' }),
      field('c'),
      field('d'),
      field('e', { calculate: 'form.d' }),
    ],
    layout: [
      { field: 'a' },
      { section: 'S', items: [{ columns: [{ field: 'b' }, { field: 'c' }] }] },
      {
        tabs: [
          { label: 'One', items: [{ field: 'd' }] },
          { label: 'Two', items: [] },
        ],
      },
      { field: 'e' },
    ],
  },
  steps: [
    { id: 'ask', type: 'start' },
    { id: 'decide', type: 'task', name: 'Decide' },
    { id: 'done', type: 'end' },
  ],
});
const layout = layoutOf(doc());

describe('moving by keys', () => {
  it.each([
    ['1', 'up', { list: '', index: 0 }],
    ['0', 'up', undefined],
    ['0', 'down', { list: '', index: 2 }],
    ['1.items.0.columns.0', 'up', { list: '1.items', index: 0 }],
    ['1.items.0.columns.1', 'down', { list: '1.items', index: 1 }],
    ['2.tabs.0.items.0', 'down', { list: '2.tabs.1.items', index: 0 }],
    ['2.tabs.0.items.0', 'up', { list: '', index: 2 }],
    ['2.tabs.0.items.0', 'out', { list: '', index: 3 }],
    ['1.items.0', 'out', { list: '', index: 2 }],
    ['3', 'in', { list: '2.tabs.0.items', index: 1 }],
    ['0', 'in', { list: '1.items', index: 0 }],
    ['3', 'out', undefined],
  ] as const)('%s %s', (path, direction, place) => expect(stepPlace(layout, path, direction)).toEqual(place));

  it('walks an entry through the whole form and back', () => {
    let now = doc();
    let path = '0';
    const seen = [path];
    for (const direction of ['in', 'down', 'down', 'down', 'up', 'out', 'up', 'up'] as const) {
      const place = stepPlace(layoutOf(now), path, direction);
      if (place) ({ doc: now, path } = moveItem(now, path, place));
      seen.push(path);
    }
    expect(seen).toEqual(['0', '0.items.0', '0.items.1', '1', '2', '1', '1', '0', '0']);
    expect(layoutOf(now).flatMap(namesIn).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('places', () => {
  it('of a new entry: in an empty frame, behind what is chosen, at the end', () => {
    expect(placeBehind(layout, undefined)).toEqual({ list: '', index: 4 });
    expect(placeBehind(layout, '1.items.0.columns.0')).toEqual({ list: '1.items.0.columns', index: 1 });
    expect(placeBehind(layout, '1')).toEqual({ list: '', index: 2 });
    expect(placeBehind(layout, '2')).toEqual({ list: '2.tabs.1.items', index: 0 });
  });

  it('are all there in the order of reading, and none in what moves', () => {
    expect(placesIn(layout)).toHaveLength(13);
    expect(placesIn(layout, '0')).toHaveLength(12);
    expect(placesIn(layout, '1').some((place) => place.list.startsWith('1.'))).toBe(false);
  });

  it('are told in words', () => {
    expect(placeWords(doc(), { list: '1.items.0.columns', index: 1 })).toBe('before C, in Side by side');
    expect(placeWords(doc(), { list: '2.tabs.1.items', index: 0 })).toBe('as the first entry, in Two');
    expect(placeWords(doc(), { list: '', index: 4 })).toBe('behind E');
    expect(placeWords(doc(), { list: '', index: 0 }, '0')).toBe('before S');
    expect(placeWords(doc(), { list: '', index: 3 }, '3')).toBe('behind Tabs');
  });

  it('one sees leave out what is folded', () => {
    expect(visiblePaths(layout, (_, list) => list === '2.tabs.0.items' || list === '1.items')).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
  });
});

describe('what is chosen', () => {
  it('is a field by its name, anything else by its place', () => {
    expect(selectionAt(layout, '1.items.0.columns.0')).toEqual({ kind: 'field', name: 'b' });
    expect(selectionAt(layout, '1')).toEqual({ kind: 'item', path: '1' });
    expect(selectionAt(layout, '9')).toEqual({ kind: 'form' });
  });

  it('has a place, also where a problem names a tab or a member', () => {
    expect(pathOfSelection(doc(), { kind: 'field', name: 'c' })).toBe('1.items.0.columns.1');
    expect(pathOfSelection(doc(), { kind: 'item', path: '2.tabs.1.label' })).toBe('2');
    expect(pathOfSelection(doc(), { kind: 'item', path: '7' })).toBeUndefined();
    expect(pathOfSelection(doc(), { kind: 'form' })).toBeUndefined();
  });
});

describe('a name follows its label', () => {
  it('while nobody chose it', () => {
    expect(followsLabel({ name: 'first_day', label: 'First day' })).toBe(true);
    expect(followsLabel({ name: 'first_day_2', label: 'First day' })).toBe(true);
    expect(followsLabel({ name: 'leave_from', label: 'First day' })).toBe(false);
    expect(followsLabel({ name: 'x', label: '' })).toBe(false);
  });

  it('and rules follow the name', () => {
    const { doc: out, name } = relabelField(doc(), 'a', 'First day', true);
    expect(name).toBe('first_day');
    expect(out.form?.fields?.[1]?.visible_when).toBe('form.first_day != null');
    expect(relabelField(doc(), 'a', 'First day', false).name).toBe('a');
  });

  it('but never to a name that is taken or reserved, or none at all', () => {
    expect(relabelField(doc(), 'a', 'B', true).name).toBe('b_2');
    expect(relabelField(doc(), 'a', 'Package', true).name).toBe('package_2');
    expect(relabelField(doc(), 'a', 'दिनांक', true).name).toBe('a');
  });

  it('also in a table', () => {
    const table = { name: 't', type: 'table', columns: [field('x'), field('y')] };
    const whole: Definition = { key: 'X', name: 'X', form: { fields: [table] } };
    const { doc: out, name } = relabelColumn(whole, 't', 'x', 'Y', true);
    expect(name).toBe('y_2');
    expect(out.form?.fields?.[0]?.columns?.map((c) => c.label)).toEqual(['Y', 'Y']);
  });
});

describe('the clipboard', () => {
  it('takes a part with its fields to the same form or another one, under free names', () => {
    const text = copyText(doc(), '1') ?? '';
    const { doc: same, path } = pasteText(doc(), text, { list: '', index: 4 });
    expect(path).toBe('4');
    expect(namesIn(itemAt(layoutOf(same), '4') ?? {})).toEqual(['b_2', 'c_2']);
    const { doc: other } = pasteText({ key: 'Y', name: 'Y' }, text, { list: '', index: 0 });
    expect(other.form?.fields?.map((f) => f.name)).toEqual(['b', 'c']);
  });

  it('leaves alone what is no part of a form', () => {
    for (const text of ['', 'hello', '{}', 'null', '{"handstamp":"form","item":{"field":"x"},"fields":[]}']) {
      const before = doc();
      expect(pasteText(before, text, { list: '', index: 0 }).doc).toBe(before);
    }
  });

  it('puts nothing where forms would nest too deep', () => {
    const before = doc();
    const deep = '0'.concat('.items.0'.repeat(7), '.items');
    expect(pasteText(before, copyText(before, '1') ?? '', { list: deep, index: 0 }).doc).toBe(before);
  });
});

describe('before something goes', () => {
  it('it is told what outside of it would miss it', () => {
    expect(usesOfItem(doc(), '0').map(({ field: { name }, uses }) => [name, uses])).toEqual([['a', ['the field “B”']]]);
    expect(usesOfItem(doc(), '1')).toEqual([]);
    const both = { ...doc(), title: 'form.c' };
    expect(usesOfItem(both, '1').map(({ uses }) => uses)).toEqual([['the workflow']]);
  });
});

describe('who sees what', () => {
  it('asks of every field in every step where people act, and of two audiences', () => {
    expect(matrixColumns(doc()).map((c) => c.label)).toEqual(['Ask', 'Decide', 'Requester', 'Everybody else']);
    expect(matrixRows(doc()).map((g) => [g.heading, g.fields.map((f) => f.name)])).toEqual([
      ['', ['a']],
      ['S', ['b', 'c']],
      ['One', ['d']],
      ['', ['e']],
    ]);
  });

  it('goes round the modes that a field can have', () => {
    const step = { kind: 'step', id: 'decide' } as const;
    const [a, b, , , e] = doc().form?.fields ?? [];
    if (!a || !b || !e) throw new Error('no fields');
    expect(nextMode(step, b, 'edit')).toBe('required');
    expect(nextMode(step, b, 'required')).toBe('hidden');
    expect(nextMode(step, a, 'read')).toBe('required');
    expect(nextMode(step, e, 'read')).toBe('hidden');
    expect(nextMode({ kind: 'audience', id: 'others' }, b, 'read')).toBe('hidden');
  });

  it('sets many at once, each as far as it can', () => {
    const step = { kind: 'step', id: 'decide' } as const;
    const out = setModesWhere(doc(), step, ['a', 'b', 'e'], 'edit');
    expect(out.steps?.[1]?.fields).toEqual({ a: 'required', b: 'edit' });
    const [a] = doc().form?.fields ?? [];
    const said = { ...doc(), steps: [{ id: 'decide', type: 'task', fields: { a: 'edit' } }] };
    expect(a && modeOf(said, step, a)).toEqual({ mode: 'required', said: true });
  });
});
