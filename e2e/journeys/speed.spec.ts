import type { Page } from '@playwright/test';
import { asha, geeta, salim } from './people.ts';
import { askForLeave, expect, monday, settled, test } from './test.ts';

test.slow();

/** Counts how much of the page moves by itself from now on, as the Layout Instability API weighs it. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state = window as unknown as { shifted: number };
    state.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) state.shifted += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
const shifted = (page: Page) => page.evaluate(() => (window as unknown as { shifted: number }).shifted);

/** Milliseconds from a key until the page shows what the selector means, as one frame draws it. */
async function fromKeyTo(page: Page, key: string, selector: string, gone = false): Promise<number> {
  const timed = '__timed';
  await page.evaluate(
    ({ timed, selector, gone }) => {
      let pressed = 0;
      const press = () => {
        pressed ||= performance.now();
      };
      document.addEventListener('keydown', press, { capture: true, once: true });
      const took = new Promise<number>((done) => {
        const look = () => {
          if (pressed > 0 && (document.querySelector(selector) === null) === gone) done(performance.now() - pressed);
          else requestAnimationFrame(look);
        };
        look();
      });
      Object.assign(window, { [timed]: took });
    },
    { timed, selector, gone },
  );
  await page.keyboard.press(key);
  return page.evaluate(
    (name) => (window as unknown as Record<string, Promise<number>>)[name],
    timed,
  ) as Promise<number>;
}

test('keys show what they do, and what is said stands there before the server answers', async ({ as }) => {
  const employee = await as(salim);
  const numbers: string[] = [];
  for (const week of [60, 61, 62])
    numbers.unshift(await askForLeave(employee, monday(week), monday(week), 'For speed'));
  const [first, second] = numbers as [string, string];
  const page = await as(geeta);
  await page.goto('/inbox?q=LEAVE');
  await expect(page.locator(`[data-row-link="${first}"]`)).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.locator(`[data-row-link="${first}"]`)).toBeFocused();
  await settled(page);
  const notes = test.info().annotations;
  const note = (what: string, ms: number) => notes.push({ type: what, description: `${Math.round(ms)} ms` });

  note('the next line is chosen', await fromKeyTo(page, 'j', `[data-row-link="${second}"][aria-current="true"]`));
  await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();
  await settled(page);
  note('a dialog asks', await fromKeyTo(page, 'r', '[role="dialog"] textarea'));
  await page
    .getByRole('dialog')
    .getByLabel(/^Reason/)
    .fill('Measured.');
  note(
    'what is decided has left the list',
    await fromKeyTo(page, 'Control+Enter', `[data-row-link="${second}"]`, true),
  );

  await page.goto(`/runs/${first}`);
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/api/v1/comments.add', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel('Comment').fill('Said at once');
  note('a comment stands in the history', await fromKeyTo(page, 'Control+Enter', '[data-pending]'));
  release();
  await expect(page.locator('[data-pending]')).toHaveCount(0);
});

for (const [name, viewport] of Object.entries({
  desk: { width: 1360, height: 850 },
  phone: { width: 360, height: 740 },
})) {
  test(`nothing jumps while pages come, at the ${name}`, async ({ as }) => {
    const page = await as(asha, { viewport });
    await watchShifts(page);
    // Answers that come one after the other show what moves.
    await page.route('**/api/v1/*', async (route) => {
      await new Promise((done) => setTimeout(done, 150));
      await route.continue().catch(() => undefined);
    });
    await page.goto('/inbox?view=requests');
    await settled(page);
    const run = await page.locator('[data-row-link]').first().getAttribute('data-row-link');
    const paths = ['/', '/inbox', '/inbox?view=requests', `/runs/${run}`, '/workflows/LEAVE/start', '/workflows/LEAVE'];
    const moved: Record<string, number> = {};
    for (const path of paths) {
      await page.goto(path);
      await settled(page);
      moved[path] = Math.round((await shifted(page)) * 1000) / 1000;
    }
    test.info().annotations.push({ type: 'layout shift', description: JSON.stringify(moved) });
    for (const [path, value] of Object.entries(moved)) expect(value, path).toBeLessThan(0.1);
  });
}
