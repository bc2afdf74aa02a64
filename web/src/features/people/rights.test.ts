import { describe, expect, it } from 'vitest';
import { departmentKeyOf, groupsOf, roleKeyOf } from './rights';

describe('rights', () => {
  it('stand in groups, and unknown ones are not lost', () => {
    const right = (permission: string) => ({ permission, meaning: permission });
    const groups = groupsOf(['run.start', 'user.manage', 'task.reassign_any', 'moon.visit'].map(right));
    expect(groups.map((g) => [g.title, g.rights.map((r) => r.permission)])).toEqual([
      ['Requests', ['run.start', 'task.reassign_any']],
      ['People', ['user.manage']],
      ['More', ['moon.visit']],
    ]);
  });
});

describe('keys', () => {
  it('follow from names', () => {
    expect(roleKeyOf('Budget owner (EU)')).toBe('budget_owner_eu');
    expect(roleKeyOf('  Über-Prüfer ')).toBe('uber_prufer');
    expect(departmentKeyOf('Human Resources')).toBe('HR');
    expect(departmentKeyOf('Research and Development')).toBe('RD');
    expect(departmentKeyOf('Legal')).toBe('LEGAL');
    expect(departmentKeyOf('')).toBe('');
  });
});
