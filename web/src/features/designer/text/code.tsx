import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Problem } from '../problems';
import classes from './text.module.css';

export type LineProblem = Problem & { line?: number; column?: number };

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--hs-accent-text)' },
  { tag: [tags.string, tags.content], color: 'var(--hs-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--hs-amber-text)' },
  { tag: tags.comment, color: 'var(--hs-muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--hs-muted)' },
  { tag: tags.keyword, color: 'var(--hs-green-text)' },
]);

const selection = EditorView.theme({
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--hs-accent) 22%, transparent)',
  },
});

type CodeProps = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  problems: LineProblem[];
  describedBy?: string;
};

/** A text with lines, in which problems are marked. Tab leaves it, as everywhere. */
export function Code({ label, value, onChange, problems, describedBy }: CodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const change = useRef(onChange);
  change.current = onChange;
  const first = useRef(value);

  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          yaml(),
          syntaxHighlighting(colours),
          selection,
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': label,
            ...(describedBy && { 'aria-describedby': describedBy }),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [label, describedBy]);

  useEffect(() => {
    const made = view.current;
    const now = made?.state.doc.toString();
    if (!made || now === value) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const made = view.current;
    if (made)
      made.dispatch(
        setDiagnostics(
          made.state,
          problems.flatMap((p) => diagnostic(made.state, p)),
        ),
      );
  }, [problems]);

  return <div ref={host} className={classes.code} />;
}

/** A problem at its place in the text; one that has none is told beside the text alone. */
function diagnostic(state: EditorState, { line, column = 1, message }: LineProblem): Diagnostic[] {
  if (!line || line > state.doc.lines) return [];
  const { from, to } = state.doc.line(line);
  return [{ from: Math.min(from + column - 1, to), to, severity: 'error', message }];
}
