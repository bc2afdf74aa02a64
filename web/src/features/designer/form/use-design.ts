import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import {
  addField,
  addItem,
  copyText,
  type Definition,
  type Direction,
  deepest,
  depthOf,
  duplicateItem,
  heightOf,
  type ItemPath,
  itemAt,
  itemWords,
  kindOfType,
  type LayoutItem,
  layoutKind,
  layoutOf,
  moveItem,
  nameFor,
  type Place,
  pasteText,
  pathAt,
  pathOfSelection,
  placeBehind,
  placeOf,
  placeWords,
  readCopy,
  refusal,
  removeItem,
  type Selection,
  selectionAt,
  stepPlace,
  usesOfItem,
} from '@/lib/definition';
import { recall, remember } from '@/lib/prefs';
import { useEditor } from '../editor';

/** Where the focus goes after a change: to the entry in the canvas or the outline, or to its label among the settings. */
export type Scope = 'canvas' | 'outline';
type Wanted = Scope | 'label' | 'settings';

/** Everything one can do with the entries of a form. It stays the same object while the form changes. */
export type Acts = {
  choose: (path: ItemPath | undefined) => void;
  add: (id: string, at?: Place) => void;
  move: (path: ItemPath, to: Place, scope?: Scope) => void;
  step: (path: ItemPath, direction: Direction, scope?: Scope) => void;
  duplicate: (path: ItemPath, scope?: Scope) => void;
  remove: (path: ItemPath, scope?: Scope, sure?: boolean) => void;
  copy: (path: ItemPath) => string | undefined;
  paste: (text: string, scope?: Scope) => void;
  showTab: (path: ItemPath, n: number) => void;
  /** Opens the tabs in which a path lies. */
  reveal: (path: string) => void;
  focus: (wanted: Wanted) => void;
  say: (words: string) => void;
};

/** Something that is about to go although the definition speaks of it. */
export type Removal = { path: ItemPath; scope: Scope; uses: ReturnType<typeof usesOfItem> };

export type Design = {
  doc: Definition;
  layout: LayoutItem[];
  path: ItemPath | undefined;
  tabs: Record<ItemPath, number>;
  said: string;
  removal: Removal | undefined;
  keep: () => void;
  acts: Acts;
};

const stored = 'form-clipboard';

/** The form as it is designed: what is chosen, which tabs are open, and what one can do. */
export function useDesign(): Design {
  const editor = useEditor();
  const { doc, selection } = editor;
  const layout = useMemo(() => layoutOf(doc), [doc]);
  const path = pathOfSelection(doc, selection);
  const [tabs, setTabs] = useState<Record<ItemPath, number>>({});
  const [said, setSaid] = useState('');
  const [removal, setRemoval] = useState<Removal>();
  const wanted = useRef<Wanted>(undefined);
  const now = useRef({ editor, doc, layout, path });
  now.current = { editor, doc, layout, path };

  const acts = useMemo((): Acts => {
    const say = (words: string) => setSaid((before) => (before === words ? `${words}\u00a0` : words));
    const showTab = (at: ItemPath, n: number) => setTabs((open) => (open[at] === n ? open : { ...open, [at]: n }));
    const reveal = (at: string) => {
      for (const match of at.matchAll(/\.tabs\.(\d+)(?=\.)/g)) showTab(at.slice(0, match.index), Number(match[1]));
    };
    const called = (at: ItemPath) => {
      const item = itemAt(now.current.layout, at);
      return item ? itemWords(now.current.doc, item) : '';
    };
    /** Makes a change whose result is known, and puts the designer at the entry that it is about. */
    const put = (next: Definition, at: ItemPath | undefined, then: Wanted | undefined) => {
      now.current.editor.edit(() => next, { select: selectionAt(layoutOf(next), at) });
      if (at !== undefined) reveal(at);
      wanted.current = then;
    };
    const choose = (at: ItemPath | undefined) => {
      const chosen = selectionAt(now.current.layout, at);
      if (!same(chosen, now.current.editor.selection)) now.current.editor.select(chosen);
    };

    const add: Acts['add'] = (id, given) => {
      const { doc, layout, path } = now.current;
      const at = given ?? placeBehind(layout, path);
      const field = kindOfType(id);
      const entry = layoutKind(id);
      if (depthOf(at.list) + (entry ? heightOf(entry.fresh) : 1) > deepest) {
        say(`Forms nest ${deepest} levels deep at most.`);
        return;
      }
      const label = field?.fresh?.label ?? field?.label ?? '';
      const next = field
        ? addField(doc, { name: nameFor(label, []) ?? id, type: id, label, ...structuredClone(field.fresh) }, at)
        : entry && addItem(doc, structuredClone(entry.fresh), at);
      if (!next) return;
      put(next, pathAt(at), 'label');
      say(`${field?.label ?? entry?.label} added ${placeWords(doc, at)}.`);
    };

    const move: Acts['move'] = (from, to, scope = 'canvas') => {
      const { doc, layout } = now.current;
      const refused = refusal(layout, from, to);
      if (refused) {
        say(refused);
        return;
      }
      const moved = moveItem(doc, from, to);
      if (moved.doc === doc) return;
      put(moved.doc, moved.path, scope);
      say(`${called(from)} moved ${placeWords(moved.doc, placeOf(moved.path), moved.path)}.`);
    };

    return {
      choose,
      add,
      move,
      say,
      showTab,
      reveal,
      step: (from, direction, scope = 'canvas') => {
        const place = stepPlace(now.current.layout, from, direction);
        if (place) move(from, place, scope);
        else say('It cannot go further that way.');
      },
      duplicate: (at, scope = 'canvas') => {
        const copied = duplicateItem(now.current.doc, at);
        put(copied.doc, copied.path, scope);
        say(`${called(at)} duplicated.`);
      },
      remove: (at, scope = 'canvas', sure = false) => {
        const { doc, layout } = now.current;
        const uses = sure ? [] : usesOfItem(doc, at);
        if (uses.length > 0) {
          setRemoval({ path: at, scope, uses });
          return;
        }
        setRemoval(undefined);
        const name = called(at);
        const next = removeItem(doc, at);
        put(next, neighbour(layout, layoutOf(next), at), scope);
        say(`${name} removed.`);
      },
      copy: (at) => {
        const text = copyText(now.current.doc, at);
        if (text === undefined) return undefined;
        remember(stored, text);
        say(`${called(at)} copied.`);
        return text;
      },
      paste: (given, scope = 'canvas') => {
        // Where the clipboard is closed, what was copied last in this browser is taken.
        const text = given === '' ? (recall(stored) ?? '') : given;
        const { doc, layout, path } = now.current;
        if (!readCopy(text)) {
          say('There is no part of a form in the clipboard.');
          return;
        }
        const pasted = pasteText(doc, text, placeBehind(layout, path));
        if (pasted.doc === doc) {
          say(`Forms nest ${deepest} levels deep at most.`);
          return;
        }
        put(pasted.doc, pasted.path, scope);
        say(`${itemWords(pasted.doc, itemAt(layoutOf(pasted.doc), pasted.path ?? '') ?? {})} pasted.`);
      },
      focus: (next) => {
        wanted.current = next;
        setTabs((open) => ({ ...open }));
      },
    };
  }, []);

  // What is chosen elsewhere, from the list of problems or in the outline, is brought to light.
  useEffect(() => {
    if (path !== undefined) acts.reveal(path);
  }, [path, acts]);
  useEffect(() => {
    if (!wanted.current) return;
    const at = wanted.current;
    wanted.current = undefined;
    goTo(at, now.current.path);
  });
  const keep = useCallback(() => setRemoval(undefined), []);
  return { doc, layout, path, tabs, said, removal, keep, acts };
}

const same = (a: Selection, b: Selection) => JSON.stringify(a) === JSON.stringify(b);

/** Who can go on in what took the place of an entry, or before it, or around it. */
function neighbour(before: LayoutItem[], after: LayoutItem[], gone: ItemPath): ItemPath | undefined {
  if (itemAt(after, gone) && itemAt(before, gone)) return gone;
  const { list, index } = placeOf(gone);
  const previous = pathAt({ list, index: index - 1 });
  if (index > 0 && itemAt(after, previous)) return previous;
  const parent = list.replace(/(\.tabs\.\d+)?\.\w+$/, '');
  return list !== '' && itemAt(after, parent) ? parent : undefined;
}

function goTo(wanted: Wanted, path: ItemPath | undefined) {
  const scope = wanted === 'outline' ? wanted : 'canvas';
  const tree = document.querySelector<HTMLElement>(`[data-tree="${scope}"]`);
  const entry = path === undefined ? tree : tree?.querySelector<HTMLElement>(`[data-path="${path}"]`);
  entry?.scrollIntoView({ block: 'nearest' });
  // A finger brings up a keyboard that would cover what was just put down, unless it asks for the settings.
  if (wanted === 'settings' || (wanted === 'label' && !matchMedia('(pointer: coarse)').matches)) {
    const label = document.querySelector<HTMLInputElement>('[data-first-setting] :is(input, textarea)');
    if (label) {
      label.focus();
      label.select();
      return;
    }
  }
  entry?.focus({ preventScroll: true });
}

const Context = createContext<Design | undefined>(undefined);
export const DesignProvider = Context.Provider;
export function useFormDesign(): Design {
  const design = useContext(Context);
  if (!design) throw new Error('outside of the form designer');
  return design;
}

/** The acts alone: what only acts is not drawn anew with every change. */
const ActsContext = createContext<Acts | undefined>(undefined);
export const ActsProvider = ActsContext.Provider;
export function useActs(): Acts {
  const acts = useContext(ActsContext);
  if (!acts) throw new Error('outside of the form designer');
  return acts;
}
