import { describe, expect, it } from 'vitest';
import { formRefs, holds, RuleError, scopeOf } from '.';

const scope = scopeOf(
  { form: { days: 3 }, initiator: { grade: 'M5', joined: '2024-01-01', seniority: 4 } },
  { form: { days: 'number' } },
);

describe('rules in the browser', () => {
  it('name the fields they read, wherever they stand', () => {
    expect(formRefs('form.a > 1 && (form.b == "x" || form.rows.exists(r, r.c > form.d)) ? form.e : -form.f')).toEqual([
      'a',
      'b',
      'rows',
      'd',
      'e',
      'f',
    ]);
    expect(formRefs('form.a >')).toEqual([]);
  });

  it('read attributes that only the organization knows by their looks', () => {
    expect(holds('initiator.grade == "M5" && initiator.seniority > 3', scope)).toBe(true);
    expect(holds('days(initiator.joined, date("2024-01-03")) == 3', scope)).toBe(true);
    expect(holds('initiator.unknown == null', scope)).toBe(true);
  });

  it.each(['form.none > 1', 'nobody', 'form.days +', 'form.days', '"open', '1 ..', 'form.days > 1 )'])(
    '%s has no answer',
    (text) => expect(() => holds(text, scope)).toThrow(RuleError),
  );

  it('do not exhaust the stack', () => {
    expect(() => holds(`${'('.repeat(5000)}true${')'.repeat(5000)}`, scope)).toThrow(RuleError);
  });
});
