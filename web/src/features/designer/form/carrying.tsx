import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  type Modifier,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import {
  deepest,
  depthOf,
  fieldOf,
  heightOf,
  type ItemPath,
  itemAt,
  itemWords,
  kindOfType,
  layoutKind,
  type Place,
  placeBehind,
  placeOf,
  placesIn,
  placeWords,
  refusal,
} from '@/lib/definition';
import css from './form.module.css';
import { iconOf, KindIcon } from './kind-icon';
import { type Box, type Flow, type ListBox, lineAt, type Point, placeAt } from './placing';
import { type Design, useFormDesign } from './use-design';

/** What is carried: a kind from the palette, or an entry of the form. */
export type Load = { id: string } | { path: ItemPath };

type Carrying = { load?: Load; place?: Place };
const Context = createContext<Carrying>({});
export const useCarrying = () => useContext(Context);

/** Drag and drop, by mouse, by finger and by keys. */
export function Carry({ children }: { children: ReactNode }) {
  const design = useFormDesign();
  const [carrying, setCarrying] = useState<Carrying>({});
  const now = useRef({ design, carrying });
  now.current = { design, carrying };
  const point = useRef<Point>(undefined);

  const show = (place: Place | undefined) => {
    const { place: old, load } = now.current.carrying;
    if (old?.list === place?.list && old?.index === place?.index) return;
    // Keys may come faster than what they do is drawn.
    now.current.carrying = { load, place };
    setCarrying({ load, place });
  };
  const follow = () => {
    const { load } = now.current.carrying;
    if (!load || !point.current) return;
    const place = overCanvas(point.current) ? placeAt(measured(load), point.current) : undefined;
    show(place && fits(now.current.design, load, place) ? place : undefined);
  };

  /** By keys one goes from place to place, wherever these lie on screen. */
  const byKeys = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.code];
    const { load, place } = now.current.carrying;
    if (by === undefined || !load) return undefined;
    event.preventDefault();
    const { design } = now.current;
    const places = placesIn(design.layout, 'path' in load ? load.path : undefined).filter((p) => fits(design, load, p));
    const at = places.findIndex((p) => p.list === place?.list && p.index === place?.index);
    const next = places[Math.min(places.length - 1, Math.max(0, at + by))];
    if (next) {
      design.acts.reveal(`${next.list}.0`);
      design.acts.say(`${placeWords(design.doc, next, 'path' in load ? load.path : undefined)}.`);
      show(next);
    }
    return undefined;
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter', 'Tab'] },
      coordinateGetter: byKeys,
    }),
  );

  const begin = ({ active, activatorEvent }: DragStartEvent) => {
    const load = active.data.current as Load;
    const keys = activatorEvent instanceof KeyboardEvent;
    point.current = undefined;
    const { layout, path, doc } = design;
    const place = keys ? ('path' in load ? placeOf(load.path) : placeBehind(layout, path)) : undefined;
    setCarrying({ load, place });
    const name = loadWords(design, load);
    design.acts.say(
      keys && place
        ? `${name} lifted, ${placeWords(doc, place, 'path' in load ? load.path : undefined)}. Arrow keys choose the place, space puts it down, escape leaves all as it was.`
        : `${name} lifted.`,
    );
  };
  const end = (event: DragEndEvent) => {
    const { load, place } = now.current.carrying;
    setCarrying({});
    if (event.activatorEvent instanceof KeyboardEvent) event.activatorEvent.preventDefault();
    if (!load || !place) {
      design.acts.say('Not moved.');
      return;
    }
    if ('id' in load) design.acts.add(load.id, place);
    else design.acts.move(load.path, place);
  };
  const cancel = () => {
    setCarrying({});
    design.acts.say('Not moved.');
  };

  const active = carrying.load !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads what is current
  useEffect(() => {
    if (!active) return;
    const moved = (event: PointerEvent | TouchEvent) => {
      const at = 'touches' in event ? event.touches[0] : event;
      if (!at) return;
      point.current = { x: at.clientX, y: at.clientY };
      follow();
    };
    const still = () => follow();
    addEventListener('pointermove', moved);
    addEventListener('touchmove', moved);
    addEventListener('scroll', still, true);
    return () => {
      removeEventListener('pointermove', moved);
      removeEventListener('touchmove', moved);
      removeEventListener('scroll', still, true);
    };
  }, [active]);

  const shown = useMemo(() => carrying, [carrying]);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements: silent, screenReaderInstructions: instructions }}
      onDragStart={begin}
      onDragEnd={end}
      onDragCancel={cancel}
    >
      <Context.Provider value={shown}>{children}</Context.Provider>
      <DragOverlay dropAnimation={null} modifiers={[atPointer]} className={css.overlay}>
        {carrying.load && <Chip design={design} load={carrying.load} />}
      </DragOverlay>
    </DndContext>
  );
}

/** The form says itself what happens, in its own words. */
const silent: Announcements = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};
const instructions = {
  draggable: 'Enter adds it to the form. Space lifts it, to choose its place with the arrow keys.',
};

function Chip({ design, load }: { design: Design; load: Load }) {
  const item = 'path' in load ? itemAt(design.layout, load.path) : undefined;
  const icon = 'id' in load ? (kindOfType(load.id) ?? layoutKind(load.id))?.icon : undefined;
  const type = item?.field === undefined ? undefined : fieldOf(design.doc, item.field)?.type;
  return (
    <div className={css.chip}>
      <KindIcon icon={icon ?? (item ? iconOf(item, type) : 'text')} />
      <span>{loadWords(design, load)}</span>
    </div>
  );
}

function loadWords(design: Design, load: Load): string {
  if ('id' in load) return (kindOfType(load.id) ?? layoutKind(load.id))?.label ?? load.id;
  const item = itemAt(design.layout, load.path);
  return item ? itemWords(design.doc, item) : '';
}

function fits({ layout }: Design, load: Load, place: Place): boolean {
  if ('path' in load) return refusal(layout, load.path, place) === undefined;
  const entry = layoutKind(load.id);
  return depthOf(place.list) + (entry ? heightOf(entry.fresh) : 1) <= deepest;
}

/** The chip hangs at the pointer, however wide the entry was from which it came. */
const atPointer: Modifier = ({ transform, activatorEvent, draggingNodeRect }) => {
  const at =
    activatorEvent instanceof MouseEvent
      ? activatorEvent
      : activatorEvent && 'touches' in activatorEvent
        ? (activatorEvent as TouchEvent).touches[0]
        : undefined;
  if (!at || !draggingNodeRect) return transform;
  return {
    ...transform,
    x: transform.x + at.clientX - draggingNodeRect.left + 10,
    y: transform.y + at.clientY - draggingNodeRect.top + 8,
  };
};

const boxOf = (element: Element): Box => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
};

const overCanvas = ({ x, y }: Point) => {
  const canvas = document.querySelector('[data-drop]');
  if (!canvas) return false;
  const { left, top, right, bottom } = boxOf(canvas);
  return x >= left && x <= right && y >= top && y <= bottom;
};

/** The lists on screen, without those in what is carried. */
export function measured(load?: Load): ListBox[] {
  const lists = [...document.querySelectorAll<HTMLElement>('[data-drop] [data-list]')].filter(
    ({ dataset }) => !load || !('path' in load) || !dataset.list?.startsWith(`${load.path}.`),
  );
  return lists.map((element) => ({
    list: element.dataset.list ?? '',
    flow: element.dataset.flow as Flow,
    box: boxOf(element),
    entries: [...element.children]
      .filter((child) => child instanceof HTMLElement && child.dataset.path !== undefined)
      .map(boxOf),
  }));
}

/** The line that shows where it lands. */
export function DropLine({ sheet }: { sheet: React.RefObject<HTMLElement | null> }) {
  const { load, place } = useCarrying();
  const [box, setBox] = useState<Box & { empty: boolean }>();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const origin = sheet.current?.getBoundingClientRect();
    const lists = place ? measured(load) : [];
    const found = place && lineAt(lists, place);
    if (!found || !origin) {
      setBox(undefined);
      return;
    }
    setBox({
      left: found.left - origin.left,
      right: found.right - origin.left,
      top: found.top - origin.top,
      bottom: found.bottom - origin.top,
      empty: lists.find(({ list }) => list === place.list)?.entries.length === 0,
    });
  }, [place, load, sheet]);
  useEffect(() => {
    if (box) line.current?.scrollIntoView({ block: 'nearest' });
  }, [box]);
  if (!box) return null;
  const { left, right, top, bottom, empty } = box;
  const size = { left, top, width: right - left, height: bottom - top };
  return (
    <div ref={line} className={css.line} data-drop-line data-empty={empty || undefined} style={size} aria-hidden />
  );
}
