import { describe, expect, it } from 'vitest';
import { bodyOf, daysOf, draftOf, momentOf, scopeWords } from './absence';

const absence = {
  id: 'a1',
  from: momentOf('2026-03-02'),
  until: momentOf('2026-03-06', 1),
  note: 'Skiing',
  revision: 3,
  now: false,
  stand_ins: [
    {
      to: 'ben',
      workflows: ['LEAVE'],
      groups: ['HR'],
      below: 500,
      person: { id: 'ben', name: 'Ben', email: 'b@x', status: 'active' as const },
    },
  ],
};

describe('an absence', () => {
  it('lasts from the first to the last whole day', () => {
    expect(daysOf(absence)).toEqual({ first: '2026-03-02', last: '2026-03-06' });
    expect(daysOf({ from: momentOf('2026-12-31'), until: momentOf('2026-12-31', 1) })).toEqual({
      first: '2026-12-31',
      last: '2026-12-31',
    });
  });

  it('is sent as it was read', () => {
    expect(bodyOf(draftOf(absence), absence)).toEqual({
      absence_id: 'a1',
      revision: 3,
      from: absence.from,
      until: absence.until,
      note: 'Skiing',
      stand_ins: [{ to: 'ben', groups: ['HR'], workflows: ['LEAVE'], below: 500 }],
    });
  });

  it('leaves out rows without a person, and bounds nobody set', () => {
    const draft = draftOf(undefined, new Date(2026, 0, 5));
    expect(bodyOf({ ...draft, rows: [...draft.rows, { id: 9, to: 'asha', scope: [], below: '' }] })).toEqual({
      from: momentOf('2026-01-05'),
      until: momentOf('2026-01-06'),
      note: '',
      stand_ins: [{ to: 'asha' }],
    });
  });

  it('keeps the moment it began at', () => {
    const noon = { ...absence, from: new Date(2026, 2, 2, 12).toISOString() };
    expect(bodyOf(draftOf(noon), noon).from).toBe(noon.from);
  });

  it('says in words what somebody stands in for', () => {
    const [one] = absence.stand_ins;
    expect(one && scopeWords(one)).toBe('HR, LEAVE, below 500');
    expect(one && scopeWords({ ...one, workflows: [], groups: [], below: 0 })).toBe('every request');
  });
});
