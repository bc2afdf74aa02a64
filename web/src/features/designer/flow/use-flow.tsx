import { useQuery } from '@tanstack/react-query';
import { useReactFlow } from '@xyflow/react';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { read } from '@/api/query';
import { type Boxes, type Definition, type Point, type PresetOrg, type Selection, stepsOf } from '@/lib/definition';
import { type Editor, useEditor } from '../editor';
import { actsOf, type FlowActs } from './acts';
import { arrowsOf, boxesOf, type DrawnArrow, looksOf, problemsBySteps, type StepLook } from './adapter';
import { type Route, routesOf } from './routes';

/** What is asked about the canvas, in a dialog. */
export type Asked = { kind: 'search' } | { kind: 'connect'; from: string };
/** Where something that is dragged would go. */
export type Aim = { arrow?: string; step?: string; refusal?: string };

/** What the canvas and what stands beside it see of the document. */
export type Flow = {
  boxes: Boxes;
  arrows: DrawnArrow[];
  routes: Map<string, Route>;
  looks: StepLook[];
  chosen: string[];
  arrow: { step: string; id: string } | undefined;
  aim: Aim;
  asked: Asked | undefined;
  /** The arrow whose word is being written. */
  naming: string | undefined;
  said: string;
};

/** What acts read at the moment they are carried out. */
export type Now = Flow & {
  editor: Editor;
  org: PresetOrg;
  canvas: HTMLElement | null;
  panel: HTMLElement | null;
};

const FlowContext = createContext<Flow | undefined>(undefined);
const ActsContext = createContext<FlowActs | undefined>(undefined);

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('outside of the workflow designer');
  return value;
}
export const useFlow = (): Flow => given(useContext(FlowContext));
/** They stay the same, so that what only acts is not drawn again. */
export const useActs = (): FlowActs => given(useContext(ActsContext));

export const chosenSteps = (doc: Definition, selection: Selection): string[] =>
  selection.kind === 'steps' ? selection.ids.filter((id) => stepsOf(doc).some((s) => s.id === id)) : [];

export function FlowProvider({ children }: { children: ReactNode }) {
  const editor = useEditor();
  const { doc, selection, problems } = editor;
  const departments = useQuery(read('departments.list', {})).data?.items;
  const [moving, setMoving] = useState<Record<string, Point>>();
  const [aim, setAim] = useState<Aim>(nowhere);
  const [asked, setAsked] = useState<Asked>();
  const [naming, setNaming] = useState<string>();
  const [said, setSaid] = useState('');
  const canvas = useRef<HTMLElement>(null);
  const panel = useRef<HTMLElement>(null);
  const focus = useFocusLater(canvas);

  // Typing a name moves nothing: places and lines are worked out anew only when something about them changed.
  const arrows = useAlike(useMemo(() => arrowsOf(doc), [doc]));
  const placed = useAlike(usePlaces(doc, arrows));
  const boxes = useMemo(() => (moving ? shifted(placed, moving) : placed), [placed, moving]);
  const routes = useMemo(() => routesOf(boxes, arrows), [boxes, arrows]);
  // What steps show may come a moment later, so that nobody waits for a hundred of them while typing.
  const shown = useDeferredValue(doc);
  const looks = useSame(useMemo(() => looksOf(shown, problemsBySteps(shown, problems)), [shown, problems]));
  const chosen = useMemo(() => chosenSteps(doc, selection), [doc, selection]);
  const arrow = useMemo(
    () => (selection.kind === 'transition' ? { step: selection.step, id: selection.id } : undefined),
    [selection],
  );
  const flow = useMemo(
    () => ({ boxes, arrows, routes, looks, chosen, arrow, aim, asked, naming, said }),
    [boxes, arrows, routes, looks, chosen, arrow, aim, asked, naming, said],
  );

  const now = useRef<Now>({ ...flow, editor, org: { departments }, canvas: null, panel: null });
  now.current = { ...flow, editor, org: { departments }, canvas: canvas.current, panel: panel.current };
  const view = useReactFlow();
  const lens = useRef(view);
  lens.current = view;
  const acts = useMemo(
    () =>
      actsOf({
        now: () => now.current,
        view: () => lens.current,
        setMoving,
        setAim: (next) => setAim((old) => (sameAim(old, next) ? old : next)),
        setAsked,
        setNaming,
        say: (text) => setSaid((old) => (old === text ? `${text}\u00a0` : text)),
        focus,
        holdCanvas: (element) => {
          canvas.current = element;
        },
        holdPanel: (element) => {
          panel.current = element;
        },
      }),
    [focus],
  );
  return (
    <ActsContext.Provider value={acts}>
      <FlowContext.Provider value={flow}>{children}</FlowContext.Provider>
    </ActsContext.Provider>
  );
}
export const nowhere: Aim = {};
const sameAim = (a: Aim, b: Aim) => a.arrow === b.arrow && a.step === b.step && a.refusal === b.refusal;

const shifted = (boxes: Boxes, places: Record<string, Point>): Boxes => {
  const out = { ...boxes };
  for (const [id, [x, y]] of Object.entries(places)) {
    const box = out[id];
    if (box) out[id] = { ...box, x, y };
  }
  return out;
};

/** The value before as long as the new one says the same. */
function useAlike<T>(value: T): T {
  const kept = useRef({ value, text: '' });
  return useMemo(() => {
    const text = JSON.stringify(value);
    if (text !== kept.current.text) kept.current = { value, text };
    return kept.current.value;
  }, [value]);
}

function usePlaces(doc: Definition, arrows: DrawnArrow[]): Boxes {
  const steps = stepsOf(doc)
    .map((s) => `${s.id} ${s.type}`)
    .join();
  const { canvas } = doc;
  const current = useRef(doc);
  current.current = doc;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the document only these count here
  return useMemo(() => boxesOf(current.current), [steps, arrows, canvas]);
}

/** The same objects for what did not change, so that it is not drawn again. */
function useSame(looks: StepLook[]): StepLook[] {
  const before = useRef(new Map<string, { text: string; look: StepLook }>());
  return useMemo(() => {
    const next = new Map<string, { text: string; look: StepLook }>();
    const out = looks.map((look) => {
      const text = JSON.stringify(look);
      const old = before.current.get(look.id);
      const kept = old?.text === text ? old : { text, look };
      next.set(look.id, kept);
      return kept.look;
    });
    before.current = next;
    return out;
  }, [looks]);
}

/** Focuses a step once it is drawn. */
function useFocusLater(canvas: React.RefObject<HTMLElement | null>) {
  const wanted = useRef<string>(undefined);
  const attempt = useCallback(() => {
    if (wanted.current === undefined) return;
    const found = canvas.current?.querySelector<HTMLElement>(`[data-step="${CSS.escape(wanted.current)}"]`);
    if (!found) return;
    wanted.current = undefined;
    found.focus({ preventScroll: true });
  }, [canvas]);
  useEffect(attempt);
  return useCallback(
    (id: string) => {
      wanted.current = id;
      requestAnimationFrame(() => requestAnimationFrame(attempt));
    },
    [attempt],
  );
}
