import { describe, expect, it } from 'vitest';
import { type Box, type ListBox, lineAt, placeAt } from './placing';

const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });

/** A field, two fields side by side in a section with its heading, an empty frame, a grid of three in two lines. */
const lists: ListBox[] = [
  {
    list: '',
    flow: 'down',
    box: box(0, 0, 400, 500),
    entries: [box(0, 10, 400, 50), box(0, 60, 400, 160), box(0, 170, 400, 230), box(0, 240, 400, 350)],
  },
  { list: '1.items', flow: 'down', box: box(0, 90, 400, 160), entries: [box(0, 95, 400, 155)] },
  {
    list: '1.items.0.columns',
    flow: 'across',
    box: box(0, 95, 400, 155),
    entries: [box(0, 95, 190, 155), box(210, 95, 400, 120)],
  },
  { list: '2.rows', flow: 'down', box: box(0, 170, 400, 230), entries: [] },
  {
    list: '3.grid',
    flow: 'wrap',
    box: box(0, 240, 400, 350),
    entries: [box(0, 245, 190, 290), box(210, 245, 400, 290), box(0, 300, 190, 345)],
  },
];

describe('where something is dropped', () => {
  it.each([
    ['above the first', 200, 12, '', 0],
    ['below the middle of the first', 200, 45, '', 1],
    ['on the heading of a section', 200, 70, '', 1],
    ['left in a column', 40, 120, '1.items.0.columns', 0],
    ['between columns', 200, 120, '1.items.0.columns', 1],
    ['at the lower edge of columns', 200, 152, '1.items', 1],
    ['below a short column', 390, 140, '1.items.0.columns', 2],
    ['in an empty frame', 200, 200, '2.rows', 0],
    ['in the second line of a grid', 20, 320, '3.grid', 2],
    ['behind the last of a grid', 300, 320, '3.grid', 3],
    ['at the end of the first line', 390, 260, '3.grid', 2],
    ['below everything', 200, 480, '', 4],
    ['beside the form', 900, 120, '', 2],
  ])('%s', (_, x, y, list, index) => expect(placeAt(lists, { x, y })).toEqual({ list, index }));

  it('is nowhere without a form', () => expect(placeAt([], { x: 0, y: 0 })).toBeUndefined());

  it('follows columns that a narrow form stacks', () => {
    const stacked: ListBox = { list: '0.columns', flow: 'across', box: box(0, 0, 200, 100), entries: [] };
    stacked.entries = [box(0, 0, 200, 45), box(0, 55, 200, 100)];
    const root: ListBox = { list: '', flow: 'down', box: box(0, 0, 200, 100), entries: [box(0, 0, 200, 100)] };
    expect(placeAt([root, stacked], { x: 190, y: 15 })).toEqual({ list: '0.columns', index: 0 });
    expect(placeAt([root, stacked], { x: 10, y: 70 })).toEqual({ list: '0.columns', index: 1 });
  });
});

describe('the line of a place', () => {
  it('lies between two entries', () => {
    expect(lineAt(lists, { list: '', index: 1 })).toEqual(box(0, 55, 400, 55));
    expect(lineAt(lists, { list: '1.items.0.columns', index: 1 })).toEqual(box(200, 95, 200, 120));
  });

  it('lies before the first and behind the last', () => {
    expect(lineAt(lists, { list: '', index: 0 })?.top).toBe(5);
    expect(lineAt(lists, { list: '', index: 4 })?.top).toBe(355);
    expect(lineAt(lists, { list: '3.grid', index: 2 })).toEqual(box(-5, 300, -5, 345));
  });

  it('is the whole of an empty frame', () => {
    expect(lineAt(lists, { list: '2.rows', index: 0 })).toEqual(box(0, 170, 400, 230));
    expect(lineAt(lists, { list: '9.rows', index: 0 })).toBeUndefined();
  });
});
