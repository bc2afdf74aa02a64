import { describe, expect, it } from 'vitest';
import type { RuleSource } from '@/api/types';
import type { Kind } from '@/lib/rule';
import { changeDraft, type DraftAction, faultsOf, maxText, open, resultOf, switchable } from './draft';

const kinds: Record<string, Kind> = { 'form.days': 'number', 'form.reason': 'text' };
const kindOf = (name: string) => kinds[name];
const rows: RuleSource = {
  rows: { combinator: 'and', rules: [{ field: 'form.days', operator: '>', value: '3', id: 'r1' } as object] },
};
const cel = 'form.days > 3';
const written = 'form.reason.size() > 3';

/** What comes out after these acts. */
function acted(value: RuleSource | undefined, ...actions: DraftAction[]) {
  const before = open(value, kindOf, true);
  const draft = actions.reduce(changeDraft, before);
  return { draft, result: resultOf(draft, before, value, kindOf), faults: faultsOf(draft, kindOf) };
}

describe('opening a rule', () => {
  it.each<[string, RuleSource | undefined, boolean, string]>([
    ['none', undefined, true, 'rows'],
    ['none where rows do not fit', undefined, false, 'text'],
    ['rows', rows, true, 'rows'],
    ['text that rows can show', cel, true, 'rows'],
    ['the same where rows do not fit', cel, false, 'text'],
    ['text that rows cannot show', written, true, 'text'],
  ])('%s', (_, value, conditions, mode) => expect(open(value, kindOf, conditions).mode).toBe(mode));
});

describe('what nobody changed', () => {
  it.each([undefined, rows, cel, written, ` ${cel} `])('%j comes back as it was', (value) => {
    expect(acted(value).result).toBe(value);
  });
  it('comes back as it was from the other side as well', () => {
    expect(acted(rows, { do: 'as text', kindOf }).result).toBe(rows);
    expect(acted(cel, { do: 'as text', kindOf }).result).toBe(cel);
    expect(acted(rows, { do: 'as text', kindOf }, { do: 'as rows', kindOf }).draft.mode).toBe('rows');
  });
});

describe('a changed rule', () => {
  it('is stored as rows, with what they had', () => {
    expect(acted(rows, { do: 'value', key: 1, value: 4 }).result).toEqual({
      rows: { combinator: 'and', rules: [{ field: 'form.days', operator: '>', value: 4, id: 'r1' }] },
    });
  });
  it('becomes rows where it was text that rows can show', () => {
    expect(acted(cel, { do: 'value', key: 1, value: 4 }).result).toEqual({
      rows: { combinator: 'and', rules: [{ field: 'form.days', operator: '>', value: 4 }] },
    });
  });
  it('is stored as text when it was written', () => {
    expect(acted(rows, { do: 'as text', kindOf }, { do: 'write', text: `${cel} ` }).result).toBe(rows);
    expect(acted(rows, { do: 'as text', kindOf }, { do: 'write', text: 'form.days > 4\n' }).result).toBe(
      'form.days > 4',
    );
  });
  it('is no rule without conditions or words', () => {
    expect(acted(rows, { do: 'remove', key: 1 }).result).toBeUndefined();
    expect(acted(written, { do: 'write', text: '  ' }).result).toBeUndefined();
  });
});

describe('the switch', () => {
  it('writes rows as text', () => {
    const { draft } = acted(rows, { do: 'as text', kindOf });
    expect([draft.mode, draft.text]).toEqual(['text', cel]);
  });
  it('waits for what is not finished', () => {
    const { draft } = acted(rows, { do: 'add', to: 0, what: 'row' }, { do: 'as text', kindOf });
    expect(draft.mode).toBe('rows');
    expect(switchable(draft, kindOf)).toMatch(/Finish or remove/);
  });
  it('says that rows cannot show a text, and stays', () => {
    const { draft } = acted(written, { do: 'as rows', kindOf });
    expect(draft.mode).toBe('text');
    expect(switchable(draft, kindOf)).toMatch(/Rows cannot show/);
  });
  it('goes to rows from nothing', () => {
    const { draft } = acted(written, { do: 'write', text: '' }, { do: 'as rows', kindOf });
    expect([draft.mode, draft.tree.root.items]).toEqual(['rows', []]);
  });
});

describe('what keeps a rule from being stored', () => {
  it('is each row that is not finished, by its number', () => {
    const { faults } = acted(rows, { do: 'add', to: 0, what: 'row' }, { do: 'add', to: 0, what: 'group' });
    expect(faults.map(({ at }) => at)).toEqual(['2', '3.1']);
  });
  it('is a group without rows', () => {
    const empty = { rows: { combinator: 'and', rules: [{ combinator: 'or', rules: [] }] } };
    expect(acted(empty).faults.map(({ at }) => at)).toEqual(['1']);
  });
  it('is what the server does not read: text or rows that are too long', () => {
    const long = 'x'.repeat(maxText);
    expect(acted(undefined, { do: 'as text', kindOf }, { do: 'write', text: `${long}y` }).faults).toHaveLength(1);
    const row = { field: 'form.reason', operator: '=', value: long };
    expect(acted({ rows: { combinator: 'and', rules: [row] } }).faults.map(({ at }) => at)).toEqual(['']);
  });
});
