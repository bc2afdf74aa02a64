import type { Absence } from '@/api/types';

/** Which requests a stand-in decides, as the form holds it: `w:LEAVE` is a workflow, `g:HR` a group. */
export type Row = { id: number; to?: string; scope: string[]; below: number | '' };
export type Draft = { first: string; last: string; note: string; rows: Row[] };

const pad = (n: number) => String(n).padStart(2, '0');
const civil = (at: Date) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

/** The first moment of a civil date, or of the day after it, where the reader is. */
export function momentOf(date: string, after = 0): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day + after).toISOString();
}

/** The first and the last whole day of an absence. */
export function daysOf(absence: Pick<Absence, 'from' | 'until'>): { first: string; last: string } {
  return { first: civil(new Date(absence.from)), last: civil(new Date(Date.parse(absence.until) - 1)) };
}

let rows = 0;
export const emptyRow = (): Row => ({ id: ++rows, scope: [], below: '' });

export function draftOf(absence: Absence | undefined, today = new Date()): Draft {
  if (!absence) return { first: civil(today), last: civil(today), note: '', rows: [emptyRow()] };
  const standIns = absence.stand_ins.map((one) => ({
    id: ++rows,
    to: one.to,
    scope: [...(one.groups ?? []).map((g) => `g:${g}`), ...(one.workflows ?? []).map((w) => `w:${w}`)],
    below: one.below || ('' as const),
  }));
  return { ...daysOf(absence), note: absence.note ?? '', rows: standIns.length > 0 ? standIns : [emptyRow()] };
}

const named = (scope: string[], kind: string) => scope.filter((s) => s.startsWith(kind)).map((s) => s.slice(2));

/** What is sent. The end is the first moment after the last day; a row without a person says nothing. */
export function bodyOf(draft: Draft, absence?: Absence) {
  // A start that was not touched keeps its moment: it may be in the middle of a day.
  const first = absence && daysOf(absence).first === draft.first ? absence.from : momentOf(draft.first);
  return {
    ...(absence && { absence_id: absence.id, revision: absence.revision }),
    from: first,
    until: momentOf(draft.last, 1),
    note: draft.note.trim(),
    stand_ins: draft.rows.flatMap(({ to, scope, below }) => {
      if (!to) return [];
      const groups = named(scope, 'g:');
      const workflows = named(scope, 'w:');
      return [
        {
          to,
          ...(groups.length > 0 && { groups }),
          ...(workflows.length > 0 && { workflows }),
          ...(below !== '' && { below }),
        },
      ];
    }),
  };
}

/** For which requests somebody stands in, in words. */
export function scopeWords(standIn: Absence['stand_ins'][number]): string {
  const names = [...(standIn.groups ?? []), ...(standIn.workflows ?? [])];
  const what = names.length > 0 ? names.join(', ') : 'every request';
  return standIn.below ? `${what}, below ${standIn.below}` : what;
}
