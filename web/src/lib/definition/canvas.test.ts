import { describe, expect, it } from 'vitest';
import {
  align,
  clipboardText,
  copySteps,
  type Definition,
  distribute,
  fromClipboard,
  pasteSteps,
  stepOf,
  strangers,
} from '.';

const boxes = {
  a: { x: 0, y: 0, width: 100, height: 40 },
  b: { x: 50, y: 100, width: 200, height: 60 },
  c: { x: 400, y: 300, width: 100, height: 40 },
};

describe('boxes in line', () => {
  it('are moved to the outermost edge, and along one axis alone', () => {
    expect(align(boxes, 'left')).toEqual({ a: [0, 0], b: [0, 100], c: [0, 300] });
    expect(align(boxes, 'right')).toEqual({ a: [400, 0], b: [300, 100], c: [400, 300] });
    expect(align(boxes, 'top')).toEqual({ a: [0, 0], b: [50, 0], c: [400, 0] });
    expect(align(boxes, 'bottom')).toEqual({ a: [0, 300], b: [50, 280], c: [400, 300] });
  });
  it('have their middles on one line', () => {
    expect(align(boxes, 'centre')).toEqual({ a: [200, 0], b: [150, 100], c: [200, 300] });
    expect(align(boxes, 'middle')).toEqual({ a: [0, 150], b: [50, 140], c: [400, 150] });
  });
  it('are spread with even gaps between the outermost two', () => {
    expect(distribute(boxes, 'x')).toEqual({ a: [0, 0], b: [150, 100], c: [400, 300] });
    expect(distribute(boxes, 'y')).toEqual({ a: [0, 0], b: [50, 140], c: [400, 300] });
    expect(distribute({ a: boxes.a, c: boxes.c }, 'x')).toEqual({});
  });
});

const doc: Definition = {
  key: 'A',
  name: 'A',
  form: { fields: [{ name: 'why', type: 'text' }] },
  steps: [
    { id: 'start', type: 'start', transitions: [{ id: 'next', to: 'one' }] },
    {
      id: 'one',
      type: 'task',
      name: 'One',
      assignee: { strategy: 'manager' },
      fields: { why: 'edit' },
      transitions: [{ id: 'ok', to: 'two' }],
    },
    { id: 'two', type: 'end', name: 'Two' },
  ],
  canvas: { one: [10, 20] },
};

describe('the clipboard', () => {
  it('brings steps into another workflow, with the arrows between them', () => {
    const copy = fromClipboard(clipboardText(copySteps(doc, ['start', 'one', 'two'])));
    expect(copy?.steps.map((s) => s.id)).toEqual(['one', 'two']);
    const other: Definition = { key: 'B', name: 'B', steps: [{ id: 'one', type: 'start', name: 'One' }] };
    const { doc: out, ids } = pasteSteps(other, copy ?? { steps: [], canvas: {} });
    expect(ids).toEqual(['one_2', 'two']);
    expect(stepOf(out, 'one_2')?.transitions).toEqual([{ id: 'ok', to: 'two' }]);
    expect(out.canvas).toEqual({ one_2: [50, 60] });
  });
  it('is nothing of ours unless it says so', () => {
    for (const text of ['', 'Hello', '{}', '[1]', 'null', '{"steps":[]}', '{"handstamp/steps":1,"steps":[{"id":1}]}']) {
      expect(fromClipboard(text)).toBeUndefined();
    }
    const start = '{"handstamp/steps":1,"steps":[{"id":"s","type":"start"}]}';
    expect(fromClipboard(start)).toBeUndefined();
    const odd = '{"handstamp/steps":1,"steps":[{"id":"s","type":"end"}],"canvas":{"s":["x",1]}}';
    expect(fromClipboard(odd)?.canvas).toEqual({});
  });
  it('tells what steps name that is not here', () => {
    const other: Definition = { key: 'B', name: 'B', steps: [] };
    expect(strangers(other, copySteps(doc, ['one']))).toEqual(['why']);
    expect(strangers(doc, copySteps(doc, ['one']))).toEqual([]);
  });
});
