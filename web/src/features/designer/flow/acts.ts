import type { ReactFlowInstance } from '@xyflow/react';
import {
  type Alignment,
  align,
  type Boxes,
  clipboardText,
  connectRefusal,
  copySteps,
  type Definition,
  distribute,
  draw,
  fromClipboard,
  type Point,
  type Preset,
  pasteSteps,
  reconnect,
  removeSteps,
  removeTransition,
  type Selection,
  type StepsCopy,
  stepOf,
  stepsOf,
  strangers,
} from '@/lib/definition';
import { recall, remember } from '@/lib/prefs';
import {
  type Added,
  addBehind,
  addPreset,
  alongOf,
  type DrawnArrow,
  insertPreset,
  keyOf,
  nameOf,
  pinned,
  place,
  sizeOf,
  tidy,
} from './adapter';
import { arrowAt, bounds, boxAt, type XY } from './routes';
import type { Aim, Asked, Now } from './use-flow';

export type Around = {
  now: () => Now;
  view: () => ReactFlowInstance;
  setMoving: (places: Record<string, Point> | undefined) => void;
  setAim: (aim: Aim) => void;
  setAsked: (asked: Asked | undefined) => void;
  setNaming: (key: string | undefined) => void;
  say: (text: string) => void;
  /** Puts the focus on a step once it is drawn. */
  focus: (step: string) => void;
  holdCanvas: (element: HTMLElement | null) => void;
  holdPanel: (element: HTMLElement | null) => void;
};

/** The end of an arrow that is drawn or led elsewhere. */
export type Pull = { from: string } | { arrow: DrawnArrow; end: 'start' | 'end' };

export const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
const slow = 260;
/** Around everything, with the tools below it. */
const margins = { top: 28, side: 28, bottom: 72 };
const steps = (ids: string[]): Selection => (ids.length > 0 ? { kind: 'steps', ids } : { kind: 'workflow' });
const kept = 'steps-copied';
const count = (n: number) => (n === 1 ? '1 step' : `${n} steps`);

export type FlowActs = ReturnType<typeof actsOf>;

/** Everything that is done on the canvas, by mouse, finger or key: each says what happened to those who hear it. */
export function actsOf(around: Around) {
  const { now, view, say, setAim, setAsked, setNaming, setMoving, focus } = around;
  const name = (id: string) => {
    const step = stepOf(now().editor.doc, id);
    return step ? nameOf(step) : id;
  };

  /** Brings a step into view where it is not. */
  const reveal = (id: string, centre = false) => {
    requestAnimationFrame(() => {
      const { boxes, canvas } = now();
      const box = boxes[id];
      if (!box || !canvas) return;
      const { x, y, zoom } = view().getViewport();
      const [left, top] = [box.x * zoom + x, box.y * zoom + y];
      const seen =
        left > 8 &&
        top > 8 &&
        left + box.width * zoom < canvas.clientWidth - 8 &&
        top + box.height * zoom < canvas.clientHeight - 8;
      if (seen && !centre) return;
      void view().setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom, duration: calm() ? 0 : slow });
    });
  };
  /** Shows everything, the lines around steps as well. */
  const showAll = (glides = !calm()) => {
    const { boxes, routes, canvas } = now();
    const all = bounds(boxes, routes.values());
    if (!canvas || !all) return;
    const wide = canvas.clientWidth - 2 * margins.side;
    const high = canvas.clientHeight - margins.top - margins.bottom;
    const zoom = Math.max(0.2, Math.min(1, wide / all.width, high / all.height));
    const x = margins.side + wide / 2 - (all.x + all.width / 2) * zoom;
    const y = margins.top + high / 2 - (all.y + all.height / 2) * zoom;
    void view().setViewport({ x, y, zoom }, { duration: glides ? slow : 0 });
  };

  const added = ({ doc, id, said }: Added) => {
    now().editor.edit(() => doc, { select: steps([id]) });
    say(said);
    reveal(id);
    return id;
  };

  /** The arrow over which something is held, if a step can be put into it. */
  const arrowUnder = (at: XY): DrawnArrow | undefined => {
    const { routes, arrows, boxes } = now();
    if (boxAt(boxes, at)) return undefined;
    const route = arrowAt(routes.values(), at, 20 / view().getZoom());
    return route && arrows.find((a) => a.key === route.key);
  };
  const flowPoint = (client: XY): XY | undefined => {
    const frame = now().canvas?.getBoundingClientRect();
    const over =
      frame && client.x > frame.left && client.x < frame.right && client.y > frame.top && client.y < frame.bottom;
    return over ? view().screenToFlowPosition(client, { snapToGrid: false }) : undefined;
  };

  const pullTarget = (pull: Pull, at: XY): { from: string; to: string } | undefined => {
    const over = boxAt(now().boxes, at, 6);
    if (over === undefined) return undefined;
    if ('from' in pull) return { from: pull.from, to: over };
    return pull.end === 'end' ? { from: pull.arrow.from, to: over } : { from: over, to: pull.arrow.to };
  };
  const refusalOf = (pull: Pull, { from, to }: { from: string; to: string }): string | undefined => {
    const { doc } = now().editor;
    if (!('arrow' in pull)) return connectRefusal(doc, from, to);
    const stays = pull.arrow.from === from && pull.arrow.to === to;
    const without = pull.arrow.id ? removeTransition(doc, pull.arrow.from, pull.arrow.id) : doc;
    return stays ? undefined : connectRefusal(without, from, to);
  };

  const connect = (from: string, to: string) => {
    const { editor } = now();
    const refusal = connectRefusal(editor.doc, from, to);
    if (refusal) {
      say(refusal);
      return refusal;
    }
    const { doc, id } = draw(pinned(editor.doc), from, to);
    editor.edit(() => doc, { select: id === undefined ? undefined : { kind: 'transition', step: from, id } });
    say(`${name(from)} now leads to ${name(to)}.`);
    return undefined;
  };

  const lead = (pull: Exclude<Pull, { from: string }>, { from, to }: { from: string; to: string }) => {
    const { editor } = now();
    const own = pull.arrow.id ?? stepOf(editor.doc, pull.arrow.from)?.transitions?.[0]?.id;
    if (own === undefined) return void connect(from, to);
    const led = reconnect(pinned(editor.doc), pull.arrow.from, own, from, to);
    if (led.id === undefined) return;
    editor.edit(() => led.doc, { select: { kind: 'transition', step: from, id: led.id } });
    say(`${name(from)} now leads to ${name(to)}.`);
  };

  const copied = (): StepsCopy => copySteps(pinned(now().editor.doc), now().chosen);

  const paste = (copy: StepsCopy, by: Point = [32, 32]) => {
    const { editor } = now();
    const result = pasteSteps(pinned(editor.doc), copy, by);
    if (result.ids.length === 0) return;
    const missing = strangers(editor.doc, copy);
    editor.edit(() => result.doc, { select: steps(result.ids) });
    const note = missing.length > 0 ? ` They name what is not here: ${missing.join(', ')}.` : '';
    say(`${count(result.ids.length)} put in.${note}`);
    const first = result.ids[0];
    if (first) {
      focus(first);
      reveal(first);
    }
  };

  const remove = () => {
    const { editor, chosen, arrow } = now();
    if (arrow) {
      editor.edit((doc) => removeTransition(pinned(doc), arrow.step, arrow.id), { select: steps([arrow.step]) });
      say('The arrow was removed.');
      focus(arrow.step);
      return;
    }
    const away = chosen.filter((id) => stepOf(editor.doc, id)?.type !== 'start');
    if (away.length === 0) {
      if (chosen.length > 0) say('The start stays: every workflow has one.');
      return;
    }
    const after = before(editor.doc, away);
    const what = away.length === 1 ? name(away[0] as string) : count(away.length);
    editor.edit((doc) => removeSteps(pinned(doc), away), { select: { kind: 'workflow' } });
    say(`${what} removed.`);
    if (after) focus(after);
  };

  const arrange = (places: Record<string, Point>, text: string) => {
    if (Object.keys(places).length === 0) return;
    const old = now().boxes;
    now().editor.edit((doc) => place(doc, places));
    say(text);
    glide(old, places, setMoving);
  };

  return {
    ...around,
    reveal,
    showAll,
    connect,
    remove,
    paste,
    flowPoint,
    select: (ids: string[]) => now().editor.select(steps(ids)),
    selectArrow: (arrow: DrawnArrow) => {
      const { editor } = now();
      const id = arrow.id ?? stepOf(editor.doc, arrow.from)?.transitions?.[0]?.id;
      editor.select(id === undefined ? steps([arrow.from]) : { kind: 'transition', step: arrow.from, id });
    },
    /** Puts a preset where somebody expects it who names no place. */
    add: (preset: Preset) => {
      const { editor, org, chosen, arrow, arrows } = now();
      const into = arrow && arrows.find((a) => a.key === keyOf(arrow.step, arrow.id));
      const { doc } = editor;
      const result =
        into && preset.group !== 'end'
          ? insertPreset(doc, preset, org, into, alongOf(doc, into))
          : addBehind(doc, preset, org, chosen.at(-1));
      return added(result);
    },
    /** Says where a preset that is held there would go. */
    aimPreset: (preset: Preset, client: XY) => {
      const at = flowPoint(client);
      const arrow = at && preset.group !== 'end' ? arrowUnder(at) : undefined;
      setAim(arrow ? { arrow: arrow.key } : {});
    },
    dropPreset: (preset: Preset, client: XY) => {
      setAim({});
      const at = flowPoint(client);
      if (!at) return;
      const { editor, org } = now();
      const arrow = preset.group === 'end' ? undefined : arrowUnder(at);
      const size = sizeOf(preset.step(editor.doc, org));
      const id = added(
        arrow
          ? insertPreset(editor.doc, preset, org, arrow, alongOf(editor.doc, arrow))
          : addPreset(editor.doc, preset, org, [at.x - size.width / 2, at.y - size.height / 2]),
      );
      focus(id);
    },
    aimPull: (pull: Pull, at: XY) => {
      const target = pullTarget(pull, at);
      const step = target && ('arrow' in pull && pull.end === 'start' ? target.from : target.to);
      setAim(target ? { step, refusal: refusalOf(pull, target) } : {});
    },
    dropPull: (pull: Pull, at: XY) => {
      setAim({});
      const target = pullTarget(pull, at);
      if (!target) return;
      const refusal = refusalOf(pull, target);
      if (refusal) say(refusal);
      else if ('arrow' in pull) lead(pull, target);
      else connect(target.from, target.to);
    },
    moved: (places: Record<string, Point>) => {
      now().editor.edit((doc) => place(doc, places));
      setMoving(undefined);
    },
    nudge: (dx: number, dy: number) => {
      const { chosen, boxes, editor } = now();
      const places = Object.fromEntries(
        chosen.flatMap((id) => (boxes[id] ? [[id, [boxes[id].x + dx, boxes[id].y + dy] as Point]] : [])),
      );
      if (chosen.length > 0) editor.edit((doc) => place(doc, places), { mark: 'nudge' });
    },
    align: (how: Alignment) => {
      const { boxes, chosen } = now();
      arrange(align(some(boxes, chosen), how), `${count(chosen.length)} put in line.`);
    },
    distribute: (axis: 'x' | 'y') => {
      const { boxes, chosen } = now();
      arrange(distribute(some(boxes, chosen), axis), `${count(chosen.length)} spread evenly.`);
    },
    tidy: () => {
      const target = tidy(now().editor.doc);
      arrange(Object.fromEntries(Object.entries(target).map(([id, { x, y }]) => [id, [x, y] as Point])), 'Tidied up.');
      setTimeout(() => showAll(), calm() ? 30 : slow + 40);
    },
    duplicate: () => {
      const copy = copied();
      if (copy.steps.length > 0) paste(copy);
      else say('The start cannot be doubled.');
    },
    /** What is chosen as a text for the clipboard. */
    copyText: (): string | undefined => {
      const copy = copied();
      if (copy.steps.length === 0) return undefined;
      const text = clipboardText(copy);
      remember(kept, text);
      say(`${count(copy.steps.length)} copied.`);
      return text;
    },
    /** Puts in what is on the clipboard; what was copied here last where that cannot be read. */
    pasteText: (text: string): boolean => {
      const copy = fromClipboard(text) ?? (text === '' ? fromClipboard(recall(kept) ?? '') : undefined);
      if (copy) paste(copy);
      return copy !== undefined;
    },
    all: () => {
      const ids = stepsOf(now().editor.doc).map((s) => s.id);
      now().editor.select(steps(ids));
      say(`${count(ids.length)} chosen.`);
    },
    none: () => now().editor.select({ kind: 'workflow' }),
    search: () => setAsked({ kind: 'search' }),
    askTarget: (from: string) => setAsked({ kind: 'connect', from }),
    /** Goes to a step: chosen, in the middle, with the focus on it. */
    goTo: (id: string) => {
      now().editor.select(steps([id]));
      reveal(id, true);
      focus(id);
    },
    /** Opens the settings of what is chosen and puts the focus there. */
    openSettings: () => {
      const { panel } = now();
      panel?.querySelector<HTMLElement>('button[aria-label="Show settings"]')?.click();
      setTimeout(() => {
        const inside = now().panel?.querySelector<HTMLElement>('[data-settings] :is(input, textarea, button, select)');
        inside?.focus();
      }, 30);
    },
    rename: (key: string | undefined) => setNaming(key),
  };
}

const some = (boxes: Boxes, ids: string[]): Boxes =>
  Object.fromEntries(ids.flatMap((id) => (boxes[id] ? [[id, boxes[id]]] : [])));

/** The step before those that go away, to go on from there. */
function before(doc: Definition, away: string[]): string | undefined {
  const rest = stepsOf(doc).filter((s) => !away.includes(s.id));
  return (rest.find((s) => s.transitions?.some((t) => away.includes(t.to))) ?? rest[0])?.id;
}

/** Lets steps glide to where they are put, unless motion is unwelcome. */
function glide(old: Boxes, to: Record<string, Point>, setMoving: Around['setMoving']) {
  if (calm()) return;
  const begun = performance.now();
  const frame = (time: number) => {
    const t = Math.min(1, Math.max(0, (time - begun) / slow));
    const eased = 1 - (1 - t) ** 3;
    if (t >= 1) return setMoving(undefined);
    const between = Object.entries(to).map(([id, [x, y]]) => {
      const from = old[id] ?? { x, y };
      return [id, [from.x + (x - from.x) * eased, from.y + (y - from.y) * eased] as Point];
    });
    setMoving(Object.fromEntries(between));
    requestAnimationFrame(frame);
  };
  frame(begun);
}
