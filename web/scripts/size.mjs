// How much script a browser must load before a page works, compressed, against what the product
// promises. Run after `npm run build`.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/app/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Pages by the module that is loaded for them, with what they may weigh in kB. */
const pages = [
  { name: 'landing page', modules: [], most: 200 },
  { name: 'sign-in page', modules: ['src/features/auth/sign-in-page.tsx'], most: 200 },
  { name: 'workflow', modules: ['src/features/workflows/view-page.tsx'], most: 320 },
  { name: 'runs of a workflow', modules: ['src/features/workflows/runs-page.tsx'], most: 220 },
  { name: 'inbox', modules: ['src/app/inbox-route.tsx'], most: 220 },
  { name: 'start a request', modules: ['src/features/start/start-page.tsx'], most: 320 },
  { name: 'request page', modules: ['src/features/run/run-page.tsx'], most: 320 },
];

function files(keys, seen = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    files(chunk.imports ?? [], seen);
  }
  return seen;
}

const weight = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
// The script in the head counts as well.
const head = weight('scheme.js');

let failed = false;
for (const { name, modules, most } of pages) {
  const scripts = [...files(['index.html', ...modules])].filter((file) => file.endsWith('.js'));
  const kB = (head + scripts.reduce((sum, file) => sum + weight(file), 0)) / 1000;
  const over = kB > most;
  failed ||= over;
  console.log(`${name.padEnd(18)} ${kB.toFixed(1).padStart(6)} kB of ${most}${over ? '  TOO MUCH' : ''}`);
}
if (failed) process.exit(1);
