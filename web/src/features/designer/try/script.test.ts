import { expect, it } from 'vitest';
import { begin, request, script, together } from './script';

const act = { by: 'ravi', step: 'manager', transition: 'ok', said: 'Ravi: Approve' };

it('plays what was done, and goes back to before any of it', () => {
  let s = script(begin('asha'), { type: 'send', values: { days: 3 }, chosen: { hr: ['meera'] } });
  s = script(script(s, { type: 'as', id: 'ivan' }), { type: 'act', act });
  expect(s.as).toBeUndefined();
  s = script(s, { type: 'act', act: { ...act, by: 'meera', step: 'hr' } });
  expect(request(s, {}).acts?.map((a) => a.by_id)).toEqual(['ravi', 'meera']);
  expect(request(s, {})).toMatchObject({ starter_id: 'asha', sent: true, assignees: { hr: ['meera'] } });
  expect(script(s, { type: 'back', to: 1 }).acts).toHaveLength(1);
  // What was entered stays for the next try.
  expect(script(s, { type: 'back', to: -1 })).toMatchObject({ sent: false, acts: [], values: { days: 3 } });
  expect(script(s, { type: 'over' })).toEqual(begin('asha'));
});

it('adds up what was reached', () => {
  const a = { steps: ['start'], transitions: ['start.go'] };
  expect(together(a, { steps: ['start'], transitions: [] })).toBe(a);
  expect(together(a, { steps: ['end'], transitions: [] }).steps).toEqual(['start', 'end']);
});
