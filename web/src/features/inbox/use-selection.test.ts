// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Line } from './lines';
import { useSelection } from './use-selection';

const lines = (...keys: string[]): Line[] => keys.map((key) => ({ key, ref: key }));

it('keeps what is held in sight when its line leaves, and goes on when it is let go', () => {
  const [choose, onSuccessor] = [vi.fn(), vi.fn()];
  const fixed = { open: undefined, beside: true, stale: false, choose, onSuccessor };
  const { result, rerender } = renderHook(
    (more: { lines: Line[]; held: boolean }) => useSelection({ ...fixed, ...more }),
    {
      initialProps: { lines: lines('a', 'b'), held: false },
    },
  );
  expect(result.current.shown).toBe('a');
  rerender({ lines: lines('a', 'b'), held: true });
  rerender({ lines: lines('b'), held: true });
  expect(result.current.shown).toBe('a');
  expect(choose).not.toHaveBeenCalled();
  rerender({ lines: lines('b'), held: false });
  expect(choose).toHaveBeenCalledWith('b');
  expect(onSuccessor).toHaveBeenCalledWith({ key: 'b', ref: 'b' });
});
