import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The house rules of ARCHITECTURE.md for the web application: what each folder may import. Arrows
 * point downwards only; features never import each other, pages are composed in app/.
 */
const may: Record<string, string[]> = {
  app: ['app', 'features', 'components', 'ui', 'api', 'lib'],
  features: ['components', 'ui', 'api', 'lib'],
  components: ['components', 'ui', 'api', 'lib'],
  ui: ['ui', 'lib'],
  api: ['api', 'lib'],
  lib: ['lib'],
};

const root = resolve('src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /(?<!\.test)\.tsx?$/.test(f));
const specifier = /(?:from|import)\s*\(?\s*'([^']+)'/g;

/** "features/run/act-bar.tsx" lies in features, in the feature run. */
const layer = (file: string) => file.split('/')[0] ?? '';
const feature = (file: string) => (layer(file) === 'features' ? file.split('/')[1] : undefined);

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(specifier)].flatMap(([, name = '']) => {
    if (name.startsWith('@/')) return [name.slice(2)];
    return name.startsWith('.') ? [relative(root, resolve(root, file, '..', name))] : [];
  });
}

function forbidden(file: string, target: string): boolean {
  const [from, to] = [layer(file), layer(target)];
  if (!(from in may)) return false; // main.tsx and the set-up of the tests
  if (from === 'features' && to === 'features') return feature(file) !== feature(target);
  return !may[from]?.includes(to);
}

describe('imports', () => {
  it('finds the files', () => expect(files.length).toBeGreaterThan(100));

  it('point downwards only, and never from feature to feature', () => {
    const wrong = files.flatMap((file) =>
      imports(file)
        .filter((target) => forbidden(file, target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('use no folder that the list does not know', () => {
    const folders = new Set(files.filter((f) => f.includes('/')).map(layer));
    expect([...folders].sort()).toEqual(Object.keys(may).sort());
  });

  it('a forbidden arrow is noticed', () => {
    expect(forbidden('features/run/run-page.tsx', 'features/inbox/views')).toBe(true);
    expect(forbidden('ui/page.tsx', 'components/person')).toBe(true);
    expect(forbidden('features/run/run-page.tsx', 'features/run/labels')).toBe(false);
  });
});
