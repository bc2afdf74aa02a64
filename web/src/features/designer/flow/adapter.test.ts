import { describe, expect, it } from 'vitest';
import { type Box, type Definition, type Preset, presetOf, stepOf, stepsOf } from '@/lib/definition';
import {
  addBehind,
  addPreset,
  arrowsOf,
  boxesOf,
  type DrawnArrow,
  insertPreset,
  looksOf,
  place,
  problemsBySteps,
  tidy,
} from './adapter';

import { followName, renameArrow } from './rename';
import { overlap } from './routes';

const preset = (id: string) => presetOf(id) as Preset;
const blank = (): Definition => ({
  key: 'L',
  name: 'L',
  steps: [
    { id: 'start', type: 'start', name: 'Start', transitions: [{ id: 'next', to: 'done' }] },
    { id: 'done', type: 'end', name: 'Done', outcome: 'done' },
  ],
  canvas: { start: [0, 0], done: [0, 180] },
});
const leads = (doc: Definition) =>
  Object.fromEntries(stepsOf(doc).map((s) => [s.id, s.transitions?.map((t) => t.to) ?? []]));
const apart = (doc: Definition) => {
  const all = Object.values(boxesOf(doc));
  return all.every((a, i) => all.slice(i + 1).every((b) => !overlap(a, b)));
};

describe('the leave flow', () => {
  it('is drawn by putting one step behind the other', () => {
    const manager = addBehind(blank(), preset('manager'), {}, undefined);
    const hr = addBehind(manager.doc, preset('hr'), {}, manager.id);
    const rejected = addBehind(hr.doc, preset('end_rejected'), {}, hr.id);
    expect(leads(rejected.doc)).toEqual({ start: ['manager'], done: [], manager: ['hr'], hr: ['done'], rejected: [] });
    expect(manager.said).toBe('Manager was put before Done.');
    expect(apart(rejected.doc)).toBe(true);
    const { manager: m, hr: h, done: d } = boxesOf(rejected.doc) as Record<string, Box>;
    expect([m, h, d].map((b) => b?.y).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([m?.y, h?.y, d?.y]);
  });
});

describe('a step behind another', () => {
  it('is one more way on where there are several', () => {
    const doc = blank();
    doc.steps?.push({
      id: 'which',
      type: 'condition',
      transitions: [
        { id: 'a', to: 'done' },
        { id: 'b', to: 'done' },
      ],
    });
    const { doc: out, id } = addBehind(doc, preset('work'), {}, 'which');
    expect(leads(out).which).toEqual(['done', 'done', id]);
    expect(apart(out)).toBe(true);
  });
  it('goes before an end when that is chosen', () => {
    const { doc, id } = addBehind(blank(), preset('manager'), {}, 'done');
    expect(leads(doc)).toMatchObject({ start: [id], [id]: ['done'] });
  });
  it('that is an end is only drawn to from a step that leads nowhere', () => {
    const tied = addBehind(blank(), preset('end_approved'), {}, 'start');
    expect(leads(tied.doc).start).toEqual(['done']);
    const loose = blank();
    loose.steps?.push({ id: 'task', type: 'task' });
    expect(leads(addBehind(loose, preset('end_approved'), {}, 'task').doc).task).toEqual(['approved']);
  });
});

describe('a step put into an arrow', () => {
  const into = (doc: Definition) => arrowsOf(doc)[0] as DrawnArrow;
  it('keeps what is said of the arrow, and makes room', () => {
    const doc = blank();
    doc.steps = [
      { ...(stepsOf(doc)[0] as { id: string; type: string }), transitions: [{ id: 'next', to: 'done', name: 'Ask' }] },
      ...stepsOf(doc).slice(1),
    ];
    const { doc: out } = insertPreset(doc, preset('manager'), {}, into(doc));
    expect(stepOf(out, 'start')?.transitions).toEqual([{ id: 'next', to: 'manager', name: 'Ask' }]);
    expect(stepOf(out, 'manager')?.transitions?.[0]).toMatchObject({ to: 'done', name: 'Approve', kind: 'approve' });
    expect(apart(out)).toBe(true);
    expect(out.canvas?.start).toEqual([0, 0]);
    expect(out.canvas?.done?.[1]).toBeGreaterThan(180);
  });
  it('works where the start names no arrow', () => {
    const doc = blank();
    doc.steps = stepsOf(doc).map(({ transitions: _, ...s }) => s);
    expect(leads(insertPreset(doc, preset('manager'), {}, into(doc)).doc)).toMatchObject({
      start: ['manager'],
      manager: ['done'],
    });
  });
  it('brings its pair along', () => {
    const { doc } = insertPreset(blank(), preset('fork'), {}, into(blank()));
    expect(leads(doc)).toEqual({ start: ['at_the_same_time'], done: [], at_the_same_time: [], all_back: ['done'] });
    expect(apart(doc)).toBe(true);
  });
  it('moves what follows to the right where the flow goes there', () => {
    const doc = { ...blank(), canvas: { start: [0, 0], done: [320, 0] } } as Definition;
    const { doc: out } = insertPreset(doc, preset('manager'), {}, into(doc), 'right');
    expect(apart(out)).toBe(true);
    expect(out.canvas?.done?.[1]).toBe(0);
  });
});

describe('places', () => {
  it('are drawn where the document has none, and written once something moves', () => {
    const { canvas: _, ...doc } = blank();
    expect(boxesOf(doc)).toEqual(tidy(doc));
    expect(doc).not.toHaveProperty('canvas');
    const moved = place(doc, { done: [7.4, 900] });
    expect(moved.canvas?.done).toEqual([7, 900]);
    expect(Object.keys(moved.canvas ?? {}).toSorted()).toEqual(['done', 'start']);
  });
  it('are found below the step before where only some are missing', () => {
    const doc = blank();
    delete doc.canvas?.done;
    const { start, done } = boxesOf(doc) as Record<string, Box>;
    expect(done?.x).toBe(start?.x);
    expect(done?.y).toBeGreaterThan((start?.y ?? 0) + 48);
  });
  it('of a new step are where it was dropped', () => {
    expect(addPreset(blank(), preset('task'), {}, [300.6, 40]).doc.canvas?.step).toEqual([301, 40]);
  });
});

describe('what a step shows', () => {
  const doc: Definition = {
    key: 'S',
    name: 'S',
    form: { fields: [{ name: 'boss', type: 'user', label: 'Your boss' }] },
    steps: [
      { id: 'start', type: 'start', transitions: [{ id: 'go', to: 'boss' }] },
      {
        id: 'boss',
        type: 'task',
        assignee: { strategy: 'field', field: 'boss' },
        vote: { need: 'all' },
        transitions: [
          { id: 'ok', to: 'done', name: 'Fine' },
          { id: 'plain', to: 'done', name: 'Done' },
        ],
      },
      { id: 'done', type: 'end' },
    ],
  };
  it('is who decides in words, and where it leads', () => {
    const [, boss] = looksOf(doc, new Map());
    expect(boss).toMatchObject({
      name: 'Boss',
      about: 'All of the person in the field “Your boss”',
      vote: true,
      leads: 'Fine to Done, or Done',
      quiet: 'Reject and Send back built in',
    });
  });
  it('names an arrow only when that says more than its target', () => {
    expect(arrowsOf(doc).map((a) => a.text)).toEqual(['', 'Fine', '']);
  });
  it('is no Reject where one is drawn or it is off', () => {
    const quiet = (more: object) =>
      looksOf({ ...doc, steps: [{ id: 'x', type: 'task', ...more }] }, new Map())[0]?.quiet;
    expect(quiet({ transitions: [{ id: 'no', to: 'y', kind: 'reject' }] })).toBe('Send back built in');
    expect(quiet({ reject: { name: 'Decline' } })).toBe('Decline and Send back built in');
    expect(quiet({ reject: { off: true }, send_back: { off: true } })).toBe('');
  });
  it('is what is wrong with it and its arrows', () => {
    const problems = problemsBySteps(doc, [
      { path: 'steps.boss.transitions.0.when', message: 'One' },
      { path: 'steps.2.id', message: 'Two' },
      { path: 'form.fields.boss', message: 'Three' },
    ]);
    expect([...problems]).toEqual([
      ['boss', ['One']],
      ['done', ['Two']],
    ]);
  });
});

describe('names', () => {
  it('carry the id of a step along, wherever it is named', () => {
    const doc = blank();
    doc.steps = stepsOf(doc).map((s) => (s.id === 'done' ? { ...s, name: 'Leave granted' } : s));
    const { doc: out, id } = followName(doc, 'done');
    expect(id).toBe('leave_granted');
    expect(leads(out).start).toEqual(['leave_granted']);
    expect(followName(out, id).doc).toBe(out);
    const reserved = { ...doc, steps: stepsOf(doc).map((s) => (s.id === 'done' ? { ...s, name: 'Previous' } : s)) };
    expect(followName(reserved, 'done').id).toBe('previous_2');
  });
  it('of arrows are taken away by an empty one', () => {
    const named = renameArrow(blank(), { from: 'start', id: 'next' }, ' Ask ');
    expect(stepOf(named, 'start')?.transitions?.[0]?.name).toBe('Ask');
    expect(stepOf(renameArrow(named, { from: 'start', id: 'next' }, ''), 'start')?.transitions?.[0]).toEqual({
      id: 'next',
      to: 'done',
    });
    expect(renameArrow(named, { from: 'start', id: 'next' }, 'Ask')).toBe(named);
  });
});
