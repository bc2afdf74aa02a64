import { describe, expect, it } from 'vitest';
import { flowOf } from './definition';
import type { FlowStep, FlowTransition } from './flow';
import { layOut } from './layout';
import { lineOf } from './measure';
import { crossings } from './place';
import { backArrows, ranksOf } from './ranks';
import { neighbour, readingOrder } from './walk';

const step = (id: string, type = 'task'): FlowStep => ({ id, name: id.toUpperCase(), type });
const way = (from: string, to: string, name?: string): FlowTransition => ({ from, to, name });
const leave = {
  steps: [step('submit', 'start'), step('manager'), step('hr'), step('approved', 'end'), step('rejected', 'end')],
  transitions: [
    way('submit', 'manager'),
    way('manager', 'hr'),
    way('manager', 'rejected', 'Refuse'),
    way('hr', 'approved', 'Approve'),
    way('hr', 'rejected', 'Refuse'),
    way('hr', 'manager', 'Ask again'),
  ],
};

type Rect = { x: number; y: number; width: number; height: number };
const overlap = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('layers', () => {
  it('finds the arrow that closes a circle', () => {
    const arrows = [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 0 },
    ];
    expect([...backArrows(3, arrows)]).toEqual([arrows[2]]);
  });

  it('puts each step below everything that leads to it', () => {
    const arrows = [
      { from: 0, to: 1 },
      { from: 0, to: 2 },
      { from: 1, to: 2 },
    ];
    expect(ranksOf(3, arrows)).toEqual([0, 1, 2]);
  });

  it('counts what crosses', () => {
    const cell = () => ({ size: 1, at: 0, up: [] as never[], down: [] as unknown[] }) as never;
    const [a, b, c, d] = [cell(), cell(), cell(), cell()] as { down: unknown[] }[];
    a?.down.push(d);
    b?.down.push(c);
    expect(crossings([[a, b] as never, [c, d] as never])).toBe(1);
    expect(crossings([[b, a] as never, [c, d] as never])).toBe(0);
  });
});

describe.each(['down', 'right'] as const)('a drawing that goes %s', (direction) => {
  const drawing = layOut(leave.steps, leave.transitions, direction);
  const along = direction === 'down' ? 'y' : 'x';

  it('leads from the start to the ends', () => {
    const at = Object.fromEntries(drawing.nodes.map((node) => [node.step.id, node[along]]));
    expect(at.submit).toBeLessThan(at.manager as number);
    expect(at.manager).toBeLessThan(at.hr as number);
    expect(at.hr).toBeLessThan(at.approved as number);
  });

  it('lays nothing on anything else, and nothing outside', () => {
    const words = drawing.edges.flatMap(({ label }) =>
      label ? [{ x: label.x - label.width / 2, y: label.y - 10, width: label.width, height: 20 }] : [],
    );
    const all: Rect[] = [...drawing.nodes, ...words];
    all.forEach((a, i) => {
      expect(all.slice(i + 1).filter((b) => overlap(a, b))).toEqual([]);
      expect(a.x).toBeGreaterThanOrEqual(-0.01);
      expect(a.y).toBeGreaterThanOrEqual(-0.01);
      expect(a.x + a.width).toBeLessThanOrEqual(drawing.width + 0.01);
      expect(a.y + a.height).toBeLessThanOrEqual(drawing.height + 0.01);
    });
  });

  it('turns the line of an arrow that leads back, and only that', () => {
    const back = drawing.edges.filter((edge) => edge.back);
    expect(back.map((edge) => edge.transition.name)).toEqual(['Ask again']);
    const places = back[0]?.points.map((point) => point[along]) ?? [];
    expect(places).toEqual(places.toSorted((a, b) => b - a));
  });

  it('says the word of an arrow only where it is not the name of the next step', () => {
    expect(drawing.edges.map((edge) => edge.label?.text)).toEqual([
      undefined,
      undefined,
      'Refuse',
      'Approve',
      'Refuse',
      'Ask again',
    ]);
  });
});

it('draws hundreds of steps in a moment, arrows to unknown steps left out', () => {
  const steps = Array.from({ length: 300 }, (_, i) => step(`s${i}`));
  const transitions = steps.flatMap((_, i) => [way(`s${i}`, `s${i + 1}`), way(`s${i}`, `s${i + (i % 9)}`, 'x')]);
  const began = performance.now();
  const drawing = layOut(steps, transitions);
  expect(drawing.nodes).toHaveLength(300);
  expect(drawing.edges.length).toBeGreaterThan(500);
  expect(performance.now() - began).toBeLessThan(5_000);
});

it('draws nothing of nothing', () => {
  expect(layOut([], [])).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
  expect(lineOf([], 'down')).toBe('');
});

it('walks by arrow keys to what lies in that direction', () => {
  const { nodes } = layOut(leave.steps, leave.transitions);
  expect(neighbour(nodes, 'submit', 'ArrowDown')?.step.id).toBe('manager');
  expect(neighbour(nodes, 'manager', 'ArrowUp')?.step.id).toBe('submit');
  expect(neighbour(nodes, 'submit', 'ArrowUp')).toBeUndefined();
  expect(readingOrder(nodes)[0]?.step.id).toBe('submit');
});

it('draws a definition, its start leading to the step listed next', () => {
  const flow = flowOf([
    { id: 'submit', type: 'start' },
    {
      id: 'hr',
      type: 'task',
      name: 'HR',
      assignee: { strategy: 'role', role: 'hr' },
      transitions: [{ id: 'ok', to: 'done' }],
    },
    { id: 'done', type: 'end' },
  ]);
  expect(flow.steps.map((s) => `${s.name}: ${s.about}`)).toEqual([
    'Submit: undefined',
    'HR: Somebody with the role hr',
    'Done: undefined',
  ]);
  expect(flow.transitions.map((t) => `${t.from} ${t.to}`)).toEqual(['submit hr', 'hr done']);
});
