import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/ui/theme/tokens.css', 'utf8');

/** The colours of a scheme by name, read from where the product reads them. */
function colours(scheme: 'light' | 'dark'): Record<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]?.split('}')[0] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--hs-([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );
}

/** The relative luminance and the contrast of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['canvas', 'chrome', 'surface', 'sunken', 'hover'];
/** Text on every surface it may lie on. */
const texts = [
  ...surfaces.flatMap((on) => ['text', 'soft', 'muted', 'accent-text', 'red-text', 'green-text'].map((of) => [of, on])),
  ...['accent', 'green', 'red', 'amber', 'gray'].map((tone) => [`${tone}-text`, `${tone}-soft`]),
  ...['accent', 'green', 'red', 'amber', 'gray'].map((tone) => ['text', `${tone}-soft`]),
];
/** Borders and marks that alone show a control or a value. */
const marks = surfaces.flatMap((on) => ['control', 'accent', 'green', 'red', 'amber'].map((of) => [of, on]));

describe.each(['light', 'dark'] as const)('the colours of the %s', (scheme) => {
  const of = colours(scheme);
  it('are all there', () => expect(Object.keys(of).length).toBeGreaterThanOrEqual(25));

  it.each(texts)('%s on %s can be read (4.5 : 1)', (text, on) => {
    expect(contrast(of[text as string] as string, of[on as string] as string)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)('%s on %s can be seen (3 : 1)', (mark, on) => {
    expect(contrast(of[mark as string] as string, of[on as string] as string)).toBeGreaterThanOrEqual(3);
  });
});

it('white on the accent can be read in both', () => {
  for (const scheme of ['light', 'dark'] as const) {
    expect(contrast('#ffffff', colours(scheme).accent as string)).toBeGreaterThanOrEqual(4.5);
  }
});

it('the measure is right', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
