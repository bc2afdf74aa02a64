import { describe, expect, it } from 'vitest';
import { labelOption, linesOf, optionsFrom, pasteOptions, valueFollows, valueFor } from './options';

const annual = { value: 'annual_leave', label: 'Annual leave' };
const sick = { value: 'S', label: 'Sick leave' };

describe('the value of an option', () => {
  it('comes from its label, and is free', () => {
    expect(valueFor('Annual leave', [])).toBe('annual_leave');
    expect(valueFor('Annual leave', [annual])).toBe('annual_leave_2');
    expect(valueFor('वार्षिक', [])).toBe('वार्षिक');
  });

  it('follows the label unless somebody chose it', () => {
    expect(valueFollows(annual)).toBe(true);
    expect(valueFollows({ value: 'annual_leave_2', label: 'Annual leave' })).toBe(true);
    expect(valueFollows(sick)).toBe(false);
    expect(labelOption([annual, sick], 0, 'Holiday', true)[0]).toEqual({ value: 'holiday', label: 'Holiday' });
    expect(labelOption([annual, sick], 1, 'Ill', false)[1]).toEqual({ value: 'S', label: 'Ill' });
    expect(labelOption([annual], 0, '', true)[0]).toEqual({ value: 'annual_leave', label: '' });
  });
});

describe('many options at once', () => {
  it('are lines, whatever marks a list had', () => {
    expect(linesOf('- One\n2) Two\r\n\n  • Three  \n1st')).toEqual(['One', 'Two', 'Three', '1st']);
  });

  it('keep the values of those that were there', () => {
    expect(optionsFrom('Sick leave\nUnpaid\nUnpaid', [annual, sick])).toEqual([
      sick,
      { value: 'unpaid', label: 'Unpaid' },
    ]);
  });

  it('take the place of the one they are pasted into', () => {
    expect(pasteOptions([annual, sick], 0, 'A\nB').map((o) => o.value)).toEqual(['a', 'b', 'S']);
  });
});
