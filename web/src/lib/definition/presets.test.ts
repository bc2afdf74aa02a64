import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connect, type Definition, draw, firstWay, presetOf, presets, stepOf, stepsOf } from '.';

const blank = (): Definition => ({
  key: 'X',
  name: 'X',
  group: 'HR',
  form: {
    fields: [
      { name: 'from', type: 'date', required: true },
      { name: 'why', type: 'text' },
      { name: 'days', type: 'number', calculate: '1' },
    ],
    layout: [{ field: 'from' }, { field: 'why' }, { field: 'days' }],
  },
  steps: [
    { id: 'start', type: 'start', name: 'Start', transitions: [{ id: 'next', to: 'fresh' }] },
    { id: 'finish', type: 'end', name: 'Finish', outcome: 'finish' },
  ],
});

/** A preset between start and end of the smallest workflow, drawn as people do. */
function drawn(id: string): Definition {
  const preset = presetOf(id);
  if (!preset) throw new Error(id);
  const doc = blank();
  const step = { id: 'fresh', ...preset.step(doc, {}) };
  if (step.type === 'end') return { ...doc, steps: [...stepsOf(doc).slice(0, 1), step] };
  const whole = { ...doc, steps: [...stepsOf(doc), step] };
  if (!preset.pair) return draw(whole, 'fresh', 'finish').doc;
  // A fork and its join are whole with branches between them.
  const branch = (name: string) => ({ id: name, type: 'task', name, assignee: { strategy: 'manager' } });
  const arrows: [string, string][] = [
    ['fresh', 'one'],
    ['fresh', 'other'],
    ['one', 'pair'],
    ['other', 'pair'],
    ['pair', 'finish'],
  ];
  let out: Definition = {
    ...whole,
    steps: [...stepsOf(whole), { id: 'pair', ...preset.pair }, branch('one'), branch('other')],
  };
  for (const [from, to] of arrows) out = draw(out, from, to).doc;
  return out;
}

/**
 * What the server says of each preset is proved there, on the same documents: see
 * internal/core/workflow/presets_test.go. This keeps the file it reads in step with the palette;
 * UPDATE=1 writes it anew.
 */
describe('presets', () => {
  it('are what the server checks', () => {
    const file = new URL('../../../../internal/core/workflow/testdata/presets.json', import.meta.url);
    if (process.env.UPDATE) {
      const drawings = presets.map((p) => ({ preset: p.id, document: drawn(p.id) }));
      writeFileSync(file, `${JSON.stringify(drawings, null, 1)}\n`);
    }
    const checked = JSON.parse(readFileSync(file, 'utf8')) as { preset: string; document: Definition }[];
    expect(checked.map(({ preset }) => preset)).toEqual(presets.map((p) => p.id));
    for (const { preset, document } of checked)
      expect({ preset, document }).toEqual({ preset, document: drawn(preset) });
  });

  it('ask HR under the key that the organization gave it', () => {
    const hr = presetOf('hr');
    const by = (departments: { key: string; name: string }[]) =>
      hr?.step(blank(), { departments }).assignee?.candidates;
    expect(by([{ key: 'PPL', name: 'People and culture' }])).toBe('user.department == "PPL"');
    expect(
      by([
        { key: 'PPL', name: 'People' },
        { key: 'HR', name: 'Personal' },
      ]),
    ).toBe('user.department == "HR"');
    expect(by([{ key: 'THR', name: 'Throughput' }])).toBe('user.department == "HR"');
  });

  it('let the requester correct what was filled in at the start, and nothing else', () => {
    expect(presetOf('correction')?.step(blank(), {}).fields).toEqual({ from: 'required', why: 'edit' });
    const hidden = blank();
    hidden.steps = stepsOf(hidden).map((s) => (s.id === 'start' ? { ...s, fields: { why: 'hidden' } } : s));
    expect(presetOf('correction')?.step(hidden, {}).fields).toEqual({ from: 'required' });
  });
});

describe('the first arrow of a step', () => {
  it('is its Approve, or Done where nothing is decided', () => {
    expect(stepOf(drawn('manager'), 'fresh')?.transitions).toEqual([
      { id: 'approve', to: 'finish', name: 'Approve', kind: 'approve' },
    ]);
    expect(stepOf(drawn('work'), 'fresh')?.transitions).toEqual([{ id: 'done', to: 'finish', name: 'Done' }]);
    expect(stepOf(drawn('correction'), 'fresh')?.transitions).toEqual([
      { id: 'again', to: 'finish', name: 'Send again' },
    ]);
  });
  it('is the only one that is named by itself', () => {
    const once = drawn('manager');
    const more = { ...once, steps: [...stepsOf(once), { id: 'other', type: 'end' }] };
    const twice = draw(more, 'fresh', 'other').doc;
    expect(stepOf(twice, 'fresh')?.transitions?.[1]).toEqual({ id: 'other', to: 'other' });
    expect(firstWay({ id: 'c', type: 'condition' })).toEqual({});
    expect(connect(more, 'fresh', 'fresh').id).toBeUndefined();
  });
});
