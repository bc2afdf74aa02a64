import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import type { Person } from '../journeys/people.ts';
import { count, settled as quiet, signIn } from '../journeys/test.ts';
import { enter, type State } from './states.ts';

const folder = process.env.SCREENS_DIR ?? 'screens-out';

/** As screens are looked at: at a desk, on a phone, by night. */
const looks = [
  { name: 'wide', width: 1360, height: 850, colorScheme: 'light' },
  { name: '360', width: 360, height: 740, colorScheme: 'light' },
  { name: 'dark', width: 1360, height: 850, colorScheme: 'dark' },
] as const;

/** States beside the typical one: of anything that is read, of a list, of both. */
export const reading: State[] = ['long', 'slow', 'error', 'offline'];
export const lists: State[] = ['empty', 'many', ...reading];
export const all = lists;

/** Renders a screen in its states and looks into a folder of pictures: `<name>-<state>-<look>.png`. */
export function screen(
  name: string,
  who: Person | undefined,
  path: string,
  states: State[],
  verb?: string,
  act?: (page: Page) => Promise<void>,
): void {
  test(name, async ({ page }) => {
    count(page);
    // The kit is there for those who asked for it.
    await page.addInitScript(() => localStorage.setItem('handstamp.kit', 'on'));
    if (who) await signIn(page, who);
    for (const state of ['typical', ...states] as State[]) {
      await enter(page, state, verb);
      await show(page, looks[0]);
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await settled(page, state);
      await act?.(page);
      for (const look of looks) {
        await show(page, look);
        await settled(page, state);
        await page.screenshot({ path: join(folder, `${name}-${state}-${look.name}.png`) });
      }
    }
  });
}

async function show(page: Page, { width, height, colorScheme }: (typeof looks)[number]): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

/** Not every screen has the sign that is waited for. */
const soon = { timeout: 8_000 };

/** Until nothing is under way any more; what never answers is given the moment in which waiting becomes visible. */
async function settled(page: Page, state: State): Promise<void> {
  if (state === 'slow')
    await page
      .locator('[role="status"]')
      .filter({ hasText: /Load/ })
      .first()
      .waitFor(soon)
      .catch(() => {});
  else await quiet(page);
  // A failed read is tried again before the failure is shown.
  if (state === 'error' || state === 'offline')
    await page
      .getByRole('alert')
      .first()
      .waitFor(soon)
      .catch(() => {});
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((a) => Number.isFinite(a.effect?.getComputedTiming().endTime));
    return Promise.allSettled(ending.map((animation) => animation.finished));
  });
}
