import { useQuery } from '@tanstack/react-query';
import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { read } from '@/api/query';
import { type Preset, presets } from '@/lib/definition';
import {
  IconArrowRampRight,
  IconArrowsSplit2,
  IconBuilding,
  IconCheckbox,
  IconCircleCheck,
  IconCircleX,
  IconFlag,
  IconHandStop,
  IconId,
  IconListDetails,
  IconPencil,
  IconPlus,
  IconSitemap,
  IconUser,
  IconUserCheck,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from '@/ui/icons';
import classes from './flow.module.css';
import { useActs } from './use-flow';

const pictures: Record<string, typeof IconUser> = {
  manager: IconSitemap,
  hr: IconUserCheck,
  department: IconBuilding,
  role: IconId,
  person: IconUser,
  chosen: IconUserCircle,
  claim: IconHandStop,
  vote: IconUsers,
  work: IconCheckbox,
  correction: IconPencil,
  task: IconUsersGroup,
  condition: IconArrowRampRight,
  fork: IconArrowsSplit2,
  workflow: IconListDetails,
  end_approved: IconCircleCheck,
  end_rejected: IconCircleX,
};
const groups: { group: Preset['group']; title: string }[] = [
  { group: 'approval', title: 'Approval by' },
  { group: 'work', title: 'Work' },
  { group: 'blank', title: 'Building blocks' },
  { group: 'end', title: 'Ends' },
];

/** The steps that can be put on the canvas: dragged there, or by Enter and double click behind what is chosen. */
export function Palette() {
  // What makes presets fit is asked for before one is taken.
  useQuery(read('departments.list', {}));
  return (
    <div className={classes.palette}>
      <p className={classes.paletteHelp}>Drag onto the canvas. On an arrow, a step goes in between.</p>
      {groups.map(({ group, title }) => (
        <section key={group} aria-labelledby={`palette-${group}`}>
          <h3 id={`palette-${group}`}>{title}</h3>
          <ul>
            {presets
              .filter((preset) => preset.group === group)
              .map((preset) => (
                <li key={preset.id}>
                  <Item preset={preset} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const least = 6;
const long = 280;

function Item({ preset }: { preset: Preset }) {
  const acts = useActs();
  const [held, setHeld] = useState<{ x: number; y: number }>();
  const touched = useRef(false);
  const dragged = useRef(false);
  const Icon = pictures[preset.id] ?? IconFlag;
  const add = () => acts.focus(acts.add(preset));

  /** A mouse drags at once; a finger rests a moment first, as moving it scrolls. */
  const take = (event: ReactPointerEvent) => {
    if (event.button !== 0) return;
    const begun = { x: event.clientX, y: event.clientY };
    const finger = event.pointerType === 'touch';
    touched.current = finger;
    dragged.current = false;
    let ready = !finger;
    const timer = finger
      ? setTimeout(() => {
          ready = true;
          dragged.current = true;
          setHeld(begun);
        }, long)
      : undefined;
    const move = (e: PointerEvent) => {
      const far = Math.hypot(e.clientX - begun.x, e.clientY - begun.y) > least;
      if (!ready && far) return end();
      if (!ready || (!far && !dragged.current)) return;
      e.preventDefault();
      dragged.current = true;
      setHeld({ x: e.clientX, y: e.clientY });
      acts.aimPreset(preset, { x: e.clientX, y: e.clientY });
    };
    const still = (e: TouchEvent) => ready && e.preventDefault();
    const end = () => {
      clearTimeout(timer);
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      removeEventListener('pointercancel', end);
      removeEventListener('touchmove', still);
      removeEventListener('keydown', key, true);
      setHeld(undefined);
      acts.setAim({});
    };
    const up = (e: PointerEvent) => {
      end();
      if (dragged.current) acts.dropPreset(preset, { x: e.clientX, y: e.clientY });
    };
    const key = (e: KeyboardEvent) => {
      if (e.key !== 'Escape') return;
      e.stopPropagation();
      end();
    };
    addEventListener('pointermove', move, { passive: false });
    addEventListener('pointerup', up);
    addEventListener('pointercancel', end);
    addEventListener('touchmove', still, { passive: false });
    addEventListener('keydown', key, true);
  };
  return (
    <>
      <button
        type="button"
        className={classes.item}
        data-preset={preset.id}
        data-group={preset.group}
        title={preset.about}
        onPointerDown={take}
        onClick={(event) => {
          if (dragged.current) return;
          // By key, by a tap, or by the second click of a double click.
          if (event.detail === 0 || event.detail === 2 || touched.current) add();
        }}
        onContextMenu={(event) => touched.current && event.preventDefault()}
      >
        <span className={classes.itemIcon} aria-hidden>
          <Icon size={15} stroke={1.8} />
        </span>
        <span>{preset.title}</span>
        <span className="hs-visually-hidden">. {preset.about}</span>
        <IconPlus size={14} className={classes.itemPlus} aria-hidden />
      </button>
      {held &&
        createPortal(
          <div className={classes.ghost} style={{ transform: `translate(${held.x}px, ${held.y}px)` }} aria-hidden>
            <span>
              <Icon size={15} stroke={1.8} /> {preset.title}
            </span>
          </div>,
          document.body,
        )}
    </>
  );
}
