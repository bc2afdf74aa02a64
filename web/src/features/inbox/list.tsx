import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  useWindowVirtualizer,
  type Virtualizer,
} from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Line } from './lines';
import classes from './list.module.css';
import { Row } from './row';

export type ListProps = {
  label: string;
  lines: Line[];
  /** The line that is open beside the list or has the focus. */
  selected: string | undefined;
  /** Whether the request stands beside the list. */
  beside: boolean;
  marked: ReadonlySet<string>;
  /** Marks lines to decide together; absent where nothing can be decided. */
  onMark?: (key: string, range: boolean) => void;
  /** Whether a press marks a line instead of opening it. */
  marking: boolean;
  /** Called with the line on which a finger rested. */
  onRest?: (line: Line) => void;
  onSelect: (line: Line) => void;
  onOpen: (line: Line) => void;
  onEnd: () => void;
  more: boolean;
  /** Set to a line's key to bring it into view and give it the focus. */
  focus: RefObject<((key: string) => void) | null>;
};

/** Only what can be seen is on the page, however long the list is. */
export function List(props: ListProps) {
  return props.beside ? <InBox {...props} /> : <InWindow {...props} />;
}

/** The lines that are kept: those in view, and the selected one, so that the focus stays where it is. */
function useOptions({ lines, selected, beside }: ListProps) {
  const at = selected === undefined ? -1 : lines.findIndex((line) => line.key === selected);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      return at < 0 || indexes.includes(at) ? indexes : [...indexes, at].sort((a, b) => a - b);
    },
    [at],
  );
  return {
    count: lines.length,
    estimateSize: () => (beside ? 75 : 65),
    getItemKey: (index: number) => lines[index]?.key ?? index,
    overscan: 8,
    rangeExtractor,
  };
}

function InBox(props: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ ...useOptions(props), getScrollElement: () => box.current });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section ref={box} className={classes.box} aria-label={`${props.label}, the list`} tabIndex={0}>
      <Lines {...props} virtual={virtual} margin={0} />
    </section>
  );
}

function InWindow(props: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({ ...useOptions(props), scrollMargin: margin });
  return (
    <div ref={box}>
      <Lines {...props} virtual={virtual} margin={margin} />
    </div>
  );
}

type Windowed = Virtualizer<HTMLDivElement, Element> | Virtualizer<Window, Element>;

function Lines({ virtual, margin, ...props }: ListProps & { virtual: Windowed; margin: number }) {
  const { lines, onEnd, more, focus } = props;
  const list = useRef<HTMLUListElement>(null);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last > lines.length - 30) onEnd();
  }, [more, last, lines.length, onEnd]);
  useEffect(() => {
    focus.current = (key) => {
      const link = () => list.current?.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(key)}"]`);
      virtual.scrollToIndex(
        lines.findIndex((line) => line.key === key),
        { align: 'auto' },
      );
      if (link()) link()?.focus({ preventScroll: true });
      else requestAnimationFrame(() => link()?.focus({ preventScroll: true }));
    };
    return () => {
      focus.current = null;
    };
  }, [focus, lines, virtual]);
  return (
    <ul ref={list} className={classes.list} aria-label={props.label} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => {
        const line = lines[item.index];
        return (
          line && (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={classes.item}
              style={{ transform: `translateY(${item.start - margin}px)` }}
              aria-setsize={more ? -1 : lines.length}
              aria-posinset={item.index + 1}
            >
              <Row {...props} line={line} />
            </li>
          )
        );
      })}
    </ul>
  );
}
