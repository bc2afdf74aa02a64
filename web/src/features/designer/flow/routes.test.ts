import { describe, expect, it } from 'vitest';
import type { Box, Boxes } from '@/lib/definition';
import { type Arrow, arrowAt, boxAt, overlap, type Route, routesOf } from './routes';

const box = (x: number, y: number): Box => ({ x, y, width: 200, height: 60 });
const arrow = (from: string, to: string, text = '', n = 0): Arrow => ({
  key: `${from} ${to}${n || ''}`,
  from,
  to,
  text,
});
const all = (boxes: Boxes, ...arrows: Arrow[]) => [...routesOf(boxes, arrows).values()];
const labelBox = ({ label }: Route): Box => ({
  x: label.x - label.width / 2,
  y: label.y - 11,
  width: label.width,
  height: 22,
});
const enters = (route: Route, b: Box) =>
  route.samples.some((p) => p.x > b.x + 1 && p.x < b.x + b.width - 1 && p.y > b.y + 1 && p.y < b.y + b.height - 1);

/** A row of steps below each other: a, b, c, d. */
const column: Boxes = { a: box(0, 0), b: box(0, 140), c: box(0, 280), d: box(0, 420) };

describe('arrows', () => {
  it('lead from the lower edge to the upper one', () => {
    const [route] = all(column, arrow('a', 'b'));
    expect(route).toMatchObject({
      start: { x: 100, y: 60 },
      end: { x: 100, y: 140, turn: 90 },
      back: false,
      along: 'down',
    });
  });
  it('lead sideways between steps beside each other', () => {
    const [route] = all({ a: box(0, 0), b: box(300, 0) }, arrow('a', 'b'));
    expect(route).toMatchObject({ start: { x: 200, y: 30 }, end: { x: 300, y: 30, turn: 0 }, along: 'right' });
  });
  it('go around the steps in their way', () => {
    const routes = all(column, arrow('a', 'b'), arrow('a', 'd', 'Skip'));
    const skip = routes[1] as Route;
    expect(enters(skip, column.b as Box) || enters(skip, column.c as Box)).toBe(false);
    expect(Math.max(...skip.samples.map((p) => Math.abs(p.x - 100)))).toBeGreaterThan(100);
  });
  it('do not run on one another where they go the same way around', () => {
    const routes = all(column, arrow('a', 'd', 'One'), arrow('a', 'd', 'Two', 2));
    const lanes = routes.map((r) => r.samples[Math.floor(r.samples.length / 2)]?.x ?? 0);
    expect(Math.abs((lanes[0] ?? 0) - (lanes[1] ?? 0))).toBeGreaterThanOrEqual(12);
  });
  it('are kept apart between the same two steps', () => {
    const [one, two] = all(column, arrow('a', 'b', 'Approve'), arrow('a', 'b', 'Refuse', 2)) as [Route, Route];
    expect(one.start.x).not.toBe(two.start.x);
    expect(one.end.x).not.toBe(two.end.x);
    expect(overlap(labelBox(one), labelBox(two))).toBe(false);
  });
  it('lead back around everything between', () => {
    const [back] = all(column, arrow('d', 'a', 'Once more')) as [Route];
    expect(back.back).toBe(true);
    for (const b of Object.values(column)) expect(enters(back, b)).toBe(false);
    expect(back.start.x).toBe(back.end.x);
  });
  it('lead back below a row', () => {
    const row = { a: box(0, 0), b: box(300, 0), c: box(600, 0) };
    const [back] = all(row, arrow('c', 'a')) as [Route];
    expect(back).toMatchObject({ back: true, start: { y: 60 }, end: { y: 60, turn: -90 } });
    expect(Math.max(...back.samples.map((p) => p.y))).toBeGreaterThan(60);
  });
  it('have words that lie on no step and on no other word', () => {
    const names = ['Approve', 'A rather long name for a way', 'No', 'Send it to the directors of all'];
    const arrows = [
      ...names.map((text, i) => arrow('a', 'b', text, i + 1)),
      ...names.map((text, i) => arrow('a', 'd', text, i + 10)),
      ...names.map((text, i) => arrow('d', 'b', text, i + 20)),
    ];
    const routes = all(column, ...arrows);
    const labels = routes.map(labelBox);
    for (const label of labels) for (const b of Object.values(column)) expect(overlap(label, b)).toBe(false);
    labels.forEach((one, i) => {
      for (const two of labels.slice(i + 1)) expect(overlap(one, two)).toBe(false);
    });
  });
  it('are left out where a step is not there', () => {
    expect(all(column, arrow('a', 'gone'), arrow('a', 'a'))).toEqual([]);
  });
  it('stand on a side in the order of where they go', () => {
    const fan = { a: box(300, 0), l: box(0, 200), r: box(600, 200) };
    const [right, left] = all(fan, arrow('a', 'r'), arrow('a', 'l')) as [Route, Route];
    expect(left.start.x).toBeLessThan(right.start.x);
  });
});

describe('what lies under a pointer', () => {
  it('is the nearest arrow within reach', () => {
    const routes = all(column, arrow('a', 'b'), arrow('b', 'c'));
    expect(arrowAt(routes, { x: 104, y: 100 }, 20)?.key).toBe('a b');
    expect(arrowAt(routes, { x: 160, y: 100 }, 20)).toBeUndefined();
  });
  it('is a step', () => {
    expect(boxAt(column, { x: 10, y: 150 })).toBe('b');
    expect(boxAt(column, { x: -4, y: 150 })).toBeUndefined();
    expect(boxAt(column, { x: -4, y: 150 }, 6)).toBe('b');
  });
});

describe('a hundred steps', () => {
  it('are all routed', () => {
    const boxes = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`s${i}`, box((i % 10) * 260, Math.floor(i / 10) * 140)]),
    );
    const arrows = Array.from({ length: 99 }, (_, i) => arrow(`s${i}`, `s${i + 1}`, 'Next')).concat(
      Array.from({ length: 50 }, (_, i) => arrow(`s${i}`, `s${i + 40}`, 'Skip', 1)),
    );
    const routes = routesOf(boxes, arrows);
    expect(routes.size).toBe(arrows.length);
    expect(JSON.stringify([...routes.values()])).not.toMatch(/null/);
  });
});
