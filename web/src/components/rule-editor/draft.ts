import type { RuleGroup, RuleSource } from '@/api/types';
import type { Kind } from '@/lib/rule';
import { celOfRows, type RowFault, rowsOfCel } from '@/lib/rule/rows';
import { type Action, change, rowsOf, type Tree, treeOf } from './tree';

/** A rule while it is edited: as rows or as text; the other side waits until it is asked for. */
export type Draft = { mode: 'rows' | 'text'; tree: Tree; text: string };
export type KindOf = (variable: string) => Kind | undefined;

/** The longest rule that the server reads, in characters. */
export const maxText = 2048;

/**
 * Opens a rule. Text whose meaning rows can show letter by letter opens as rows; it stays the text it
 * was until somebody changes it. `conditions` says whether rows fit the place at all.
 */
export function open(value: RuleSource | undefined, kindOf: KindOf, conditions: boolean): Draft {
  if (typeof value === 'object') return { mode: 'rows', tree: treeOf(value.rows), text: '' };
  const text = value ?? '';
  const rows = conditions ? rowsFor(text, kindOf) : undefined;
  if (rows) return { mode: 'rows', tree: treeOf(rows), text };
  return { mode: text || !conditions ? 'text' : 'rows', tree: treeOf(undefined), text };
}

const rowsFor = (text: string, kindOf: KindOf): RuleGroup | undefined =>
  text.trim() ? (rowsOfCel(text, kindOf) as RuleGroup | undefined) : undefined;

export type DraftAction = Action | { do: 'write'; text: string } | { do: 'as text' | 'as rows'; kindOf: KindOf };

/** What happens to a draft. A switch that is not possible changes nothing; `switchable` says why. */
export function changeDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.do) {
    case 'write':
      return { ...draft, text: action.text };
    case 'as text': {
      const rows = rowsOf(draft.tree);
      const written = rows ? celOfRows(rows, action.kindOf) : { cel: '', faults: [] };
      return written.faults.length > 0 ? draft : { ...draft, mode: 'text', text: written.cel };
    }
    case 'as rows': {
      const rows = rowsFor(draft.text, action.kindOf);
      if (draft.text.trim() && !rows) return draft;
      return { ...draft, mode: 'rows', tree: treeOf(rows) };
    }
    default:
      return { ...draft, tree: change(draft.tree, action) };
  }
}

/** Why the other side cannot be shown now; undefined when it can. */
export function switchable(draft: Draft, kindOf: KindOf): string | undefined {
  if (draft.mode === 'rows') {
    return faultsOf(draft, kindOf).length > 0 ? 'Finish or remove the conditions that are not right yet.' : undefined;
  }
  const shown = !draft.text.trim() || rowsFor(draft.text, kindOf);
  return shown ? undefined : 'Rows cannot show this rule exactly as it is written, so it stays text.';
}

/** What keeps the draft from being stored, each with the row it is about. */
export function faultsOf(draft: Draft, kindOf: KindOf): RowFault[] {
  if (draft.mode === 'text') {
    return draft.text.length > maxText ? [{ at: '', message: `A rule has ${maxText} characters at most.` }] : [];
  }
  const rows = rowsOf(draft.tree);
  if (!rows) return [];
  const { cel, faults } = celOfRows(rows, kindOf);
  if (cel.length > maxText)
    return [{ at: '', message: 'There are too many conditions, or their values are too long.' }];
  return faults;
}

/** The rule that the draft means. What nobody changed comes back as it was given. */
export function resultOf(
  draft: Draft,
  before: Draft,
  value: RuleSource | undefined,
  kindOf: KindOf,
): RuleSource | undefined {
  if (draft.mode === 'rows') {
    const rows = rowsOf(draft.tree);
    if (same(rows, rowsOf(before.tree)) && before.mode === 'rows') return value;
    return rows && { rows };
  }
  const text = draft.text.trim();
  const stored = typeof value === 'object' ? celOfRows(value.rows, kindOf).cel : (value ?? '').trim();
  if (text && text === stored) return value;
  return text || undefined;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
