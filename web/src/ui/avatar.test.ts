import { expect, it } from 'vitest';
import { initials, toneOf } from './avatar';

it.each([
  ['Asha Rao', 'AR'],
  ['asha', 'A'],
  ['Juan Carlos de la Vega', 'JV'],
  ['李 小龙', '李小'],
  ['  ', '?'],
  ['😀 smile', '😀S'],
])('%s is %s', (name, want) => expect(initials(name)).toBe(want));

it('gives the same name the same tone', () => expect(toneOf('Asha Rao')).toBe(toneOf('Asha Rao')));
