import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { org, type Person, password } from './people.ts';

type Options = Parameters<import('@playwright/test').Browser['newContext']>[0];
type Fixtures = {
  /** Answers of the server with these statuses belong to the journey; any other refusal fails it. */
  expected: Set<number>;
  /** An empty page of its own per person, as each has a device of their own, with them signed in. */
  as: (person: Person, options?: Options) => Promise<Page>;
  /** The same, at the list of workflows, where people arrive. */
  home: (person: Person, options?: Options) => Promise<Page>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern
  expected: async ({}, use) => use(new Set()),

  page: async ({ page, expected, baseURL }, use) => {
    const wrong = watch(page, expected, baseURL);
    await use(page);
    expect(wrong).toEqual([]);
  },

  as: async ({ browser, expected, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    const watched: string[][] = [];
    await use(async (person, options = {}) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      await enter(context, person, baseURL);
      const page = await context.newPage();
      watched.push(watch(page, expected, baseURL));
      return page;
    });
    for (const context of contexts) await context.close();
    expect(watched.flat()).toEqual([]);
  },

  home: async ({ as }, use) => {
    await use(async (person, options) => {
      const page = await as(person, options);
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
      return page;
    });
  },
});

export { expect };

/** The requests of a page that are under way, but for the stream of changes, which never ends. */
const pending = new WeakMap<Page, { open: Set<unknown>; quiet: number }>();

/** Begins to count them. */
export function count(page: Page): void {
  const state = { open: new Set<unknown>(), quiet: Date.now() };
  pending.set(page, state);
  const end = (request: unknown) => {
    state.open.delete(request);
    state.quiet = Date.now();
  };
  page.on('request', (request) => {
    if (!request.url().endsWith('/events.stream')) state.open.add(request);
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
}

/** Waits until a page has asked for everything it shows, and was answered. */
export async function settled(page: Page): Promise<void> {
  const state = pending.get(page);
  if (!state) throw new Error('this page was not opened by a journey');
  await expect
    .poll(() => (state.open.size === 0 ? Date.now() - state.quiet : 0), { timeout: 30_000 })
    .toBeGreaterThan(400);
}

/** Notes what must not happen on any page: script errors, refused styles or scripts, requests to elsewhere. */
function watch(page: Page, expected: Set<number>, baseURL: string | undefined): string[] {
  const wrong: string[] = [];
  count(page);
  page.on('pageerror', (error) => wrong.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // The browser repeats every refused request here; those are judged below, by their status.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      wrong.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(baseURL ?? '').origin) {
      wrong.push(`request to ${url.origin}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !expected.has(response.status())) {
      wrong.push(`${response.status()} for ${new URL(response.url()).pathname}`);
    }
  });
  return wrong;
}

/** Signs a person in as the page of the sign-in would, without drawing it: journeys about signing in use `signIn`. */
async function enter(context: BrowserContext, person: Person, baseURL = ''): Promise<void> {
  const answer = await context.request.post('/api/v1/auth.login', {
    data: { org, email: person.email, password },
    headers: { Origin: baseURL },
  });
  expect(answer.status()).toBe(200);
  await context.addInitScript(() => localStorage.setItem('handstamp.session', '1'));
}

export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto(`/sign-in?org=${org}`);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
}

/** A Monday some weeks ahead, and days after it, as the date control takes them. Each journey asks for days of its own. */
export function monday(weeks: number): string {
  const day = new Date();
  day.setUTCHours(0, 0, 0, 0);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7) + weeks * 7);
  return day.toISOString().slice(0, 10);
}
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Asks for leave and answers the number of the request. */
export async function askForLeave(page: Page, from: string, to: string, reason: string): Promise<string> {
  await page.goto('/workflows/LEAVE/start');
  await page.getByLabel(/^First day/).fill(from);
  await page.getByLabel(/^Last day/).fill(to);
  await page.getByLabel(/^Reason/).fill(reason);
  await page.getByRole('button', { name: 'Send request' }).click();
  await page.waitForURL(/\/runs\/LEAVE-\d+$/);
  return new URL(page.url()).pathname.split('/').at(-1) as string;
}

/** Opens a request from the inbox. */
export async function openFromInbox(page: Page, number: string): Promise<void> {
  await page.goto('/inbox');
  // Enter opens the page itself; a click may show it beside the list.
  await page.getByRole('listitem').filter({ hasText: number }).getByRole('link').first().press('Enter');
  await page.waitForURL(`**/runs/${number}`);
}

/** The page as axe sees it must be without fault. */
export async function accessible(
  page: Page,
  name: string,
  what: 'everything' | 'colours' = 'everything',
): Promise<void> {
  // Colours that just changed, with the scheme or the width, are drawn before they are judged.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  // Nothing of ours stands in a frame of another site, for which axe would open a page of its own each time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (what === 'colours'
    ? axe.withRules(['color-contrast', 'link-in-text-block'])
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  ).analyze();
  const found = violations.map(
    (v) => `${name}: ${v.id} (${v.help})\n  ${v.nodes.map((n) => n.target.join(' ')).join('\n  ')}`,
  );
  expect(found).toEqual([]);
}
