import type { Definition } from './document';

/** What is chosen in the designer; its settings are shown. */
export type Selection =
  | { kind: 'workflow' }
  | { kind: 'form' }
  | { kind: 'steps'; ids: string[] }
  | { kind: 'transition'; step: string; id: string }
  | { kind: 'item'; path: string }
  | { kind: 'field'; name: string }
  | { kind: 'column'; table: string; name: string };

/** A change of the document. It answers the document it was given when there is nothing to change. */
export type Change = (doc: Definition) => Definition;

type Moment = { doc: Definition; selection: Selection };
export type History = Moment & {
  past: Moment[];
  future: Moment[];
  /** What was changed last: typing on in the same place is undone at once. */
  mark?: string;
};

export type HistoryAction =
  | { type: 'edit'; change: Change; select?: Selection | ((doc: Definition) => Selection | undefined); mark?: string }
  | { type: 'select'; selection: Selection }
  | { type: 'pause' }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'open'; doc: Definition };

/** How many changes can be taken back. They share what they have in common. */
const most = 300;

export const begin = (doc: Definition): History => ({ doc, selection: { kind: 'workflow' }, past: [], future: [] });

/** The document with its past and, after an undo, its future. */
export function history(state: History, action: HistoryAction): History {
  switch (action.type) {
    case 'edit':
      return edit(state, action);
    case 'select':
      return { ...state, selection: action.selection, mark: undefined };
    case 'pause':
      return state.mark === undefined ? state : { ...state, mark: undefined };
    case 'undo': {
      const before = state.past.at(-1);
      if (!before) return state;
      const { doc, selection } = state;
      return { ...before, past: state.past.slice(0, -1), future: [{ doc, selection }, ...state.future] };
    }
    case 'redo': {
      const [after, ...future] = state.future;
      if (!after) return state;
      const { doc, selection } = state;
      return { ...after, past: [...state.past, { doc, selection }], future };
    }
    case 'open':
      return begin(action.doc);
  }
}

function edit(state: History, { change, select, mark }: HistoryAction & { type: 'edit' }): History {
  const doc = change(state.doc);
  const wanted = typeof select === 'function' ? select(doc) : select;
  const selection = wanted ?? state.selection;
  if (doc === state.doc) return wanted ? { ...state, selection } : state;
  const on = mark !== undefined && mark === state.mark;
  const past = on ? state.past : [...state.past.slice(1 - most), { doc: state.doc, selection: state.selection }];
  return { doc, selection, past, future: [], mark };
}
