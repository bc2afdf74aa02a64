import { createContext, type Dispatch, type ReactNode, useContext, useEffect, useMemo, useReducer } from 'react';
import type { Workflow } from '@/api/types';
import {
  begin,
  type Change,
  type Definition,
  type History,
  type HistoryAction,
  history,
  type Selection,
} from '@/lib/definition';
import { typing } from '@/ui/hotkeys';
import type { Problem } from './problems';
import { type Saving, useAutosave } from './use-autosave';

export type Editor = {
  workflow: Workflow;
  doc: Definition;
  selection: Selection;
  problems: Problem[];
  saving: Saving;
  /** Changes the document. Changes with the same mark, without anything between them, are undone at once. */
  edit: (change: Change, options?: EditOptions) => void;
  select: (selection: Selection) => void;
  undo?: () => void;
  redo?: () => void;
  /** Names that requests under way know: fields, columns ("items.cost") and steps of the published version. They change only when asked to. */
  known: { fields: Set<string>; columns: Set<string>; steps: Set<string> };
};
export type EditOptions = { mark?: string; select?: Selection | ((doc: Definition) => Selection | undefined) };

const Context = createContext<Editor | undefined>(undefined);

/** The draft that is being edited. */
export function useEditor(): Editor {
  const editor = useContext(Context);
  if (!editor) throw new Error('outside of the designer');
  return editor;
}

/** A draft as it was opened, with the version that is published. */
export type Opened = { doc: Definition; revision: number; problems: Problem[]; published?: Definition };

type EditorProviderProps = { workflow: Workflow; opened: Opened; children: ReactNode };

/** One draft with its history, saved by itself. Everything in the designer reads it and changes it here alone. */
export function EditorProvider({ workflow, opened, children }: EditorProviderProps) {
  const { published } = opened;
  const [state, dispatch] = useReducer(history, opened.doc, begin);
  const saving = useAutosave(workflow, state.doc, opened);
  useUndoKeys(state, dispatch);
  const known = useMemo(
    () => ({
      fields: new Set(published?.form?.fields?.map((f) => f.name)),
      columns: new Set(published?.form?.fields?.flatMap((f) => f.columns?.map((c) => `${f.name}.${c.name}`) ?? [])),
      steps: new Set(published?.steps?.map((s) => s.id)),
    }),
    [published],
  );
  const acts = useMemo(
    () => ({
      edit: (change: Change, options: EditOptions = {}) => dispatch({ type: 'edit', change, ...options }),
      select: (selection: Selection) => dispatch({ type: 'select', selection }),
    }),
    [],
  );
  const { past, future } = state;
  const editor: Editor = {
    workflow,
    doc: state.doc,
    selection: state.selection,
    problems: saving.problems,
    saving,
    ...acts,
    undo: past.length > 0 ? () => dispatch({ type: 'undo' }) : undefined,
    redo: future.length > 0 ? () => dispatch({ type: 'redo' }) : undefined,
    known,
  };
  return <Context.Provider value={editor}>{children}</Context.Provider>;
}

/** Ctrl or ⌘ with z and y. While somebody types, the browser's own undo of the typing comes first. */
function useUndoKeys(state: History, dispatch: Dispatch<HistoryAction>) {
  const able = { undo: state.past.length > 0, redo: state.future.length > 0 };
  const { undo, redo } = able;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const type = typing(event.target) ? undefined : wanted(event);
      if (!type || (type === 'undo' ? !undo : !redo)) return;
      event.preventDefault();
      dispatch({ type });
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [undo, redo, dispatch]);
  // Leaving a control ends what is undone at once.
  useEffect(() => {
    const pause = () => dispatch({ type: 'pause' });
    document.addEventListener('focusout', pause);
    return () => document.removeEventListener('focusout', pause);
  }, [dispatch]);
}

function wanted(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return undefined;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) return 'redo';
  return key === 'z' ? 'undo' : undefined;
}
