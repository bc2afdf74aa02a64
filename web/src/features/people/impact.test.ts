import { describe, expect, it } from 'vitest';
import { type Impact, leftBehind } from './impact';

const nothing: Impact = {
  open_tasks: 0,
  open_requests: 0,
  reports: 0,
  some_reports: [],
  departments: [],
  workflows: [],
  irreplaceable: false,
};

describe('what is left behind', () => {
  it('is nothing for somebody who holds nothing', () => expect(leftBehind(nothing)).toEqual([]));

  it('names what there is and counts the rest', () => {
    const left = leftBehind({
      ...nothing,
      open_tasks: 1,
      open_requests: 3,
      reports: 7,
      some_reports: [{ id: '1', name: 'Asha Rao', email: '', status: 'active' }],
      departments: [{ id: 'd', key: 'HR', name: 'Human Resources' }],
    });
    expect(left.map((l) => `${l.key}: ${l.what}`)).toEqual([
      'tasks: 1 open task',
      'reports: 7 people report to them',
      'departments: 1 department headed',
      'requests: 3 requests of their own under way',
    ]);
    expect(left[1]).toMatchObject({ names: ['Asha Rao'], rest: 6 });
  });
});
