import type { Page } from '@playwright/test';
import { admin, asha, org, password, ravi } from './people.ts';
import { accessible, askForLeave, expect, monday, test } from './test.ts';

// axe and several sign-ins take their time on a busy machine.
test.slow();

const finder = (page: Page) => page.getByRole('combobox', { name: 'Go to, start or find' });

test('the palette starts a workflow, finds a request by number and by words, and switches the colours', async ({
  home,
}) => {
  const page = await home(asha);
  const from = monday(14);
  const number = await askForLeave(page, from, from, 'Palette day');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Asha Rao');

  await page.keyboard.press('Control+k');
  await expect(finder(page)).toBeFocused();
  await finder(page).fill('expense');
  await expect(page.getByRole('option', { name: /Expense claim/ })).toBeVisible();
  await page.getByRole('option', { name: /Expense claim/ }).click();
  await page.waitForURL('**/workflows/EXPENSE/start');

  await page.getByRole('button', { name: /^Find/ }).click();
  await finder(page).fill(number.toLowerCase());
  await page.getByRole('option', { name: `Open ${number}` }).click();
  await page.waitForURL(`**/runs/${number}`);

  await page.keyboard.press('Control+k');
  await finder(page).fill('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('everything in the shell works by keyboard alone', async ({ home }) => {
  const page = await home(admin);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toBeVisible();
  await accessible(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();

  // While a field has the focus a question mark is a question mark.
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search workflows' })).toBeFocused();
  await page.keyboard.type('?');
  await expect(help).toBeHidden();

  await page.keyboard.press('Control+k');
  await finder(page).fill('people');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option', { selected: true })).toHaveText(/People/);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/people');
  await expect(finder(page)).toBeHidden();

  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(finder(page)).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the palette is accessible in the ${colorScheme}`, async ({ home }) => {
    const page = await home(ravi, { colorScheme });
    await page.keyboard.press('Control+k');
    await finder(page).fill('leave');
    await expect(page.getByRole('group', { name: 'Start' })).toBeVisible();
    await accessible(page, 'palette');
    await finder(page).fill('nothing like this anywhere');
    await expect(page.getByText('Nothing matches “nothing like this anywhere”')).toBeVisible();
    await accessible(page, 'palette without offers');
  });
}

test('on a phone everything is at the thumb', async ({ home }) => {
  const page = await home(asha, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const bar = page.getByRole('navigation', { name: 'Main' });
  for (const name of ['Workflows', 'Inbox', 'Find', 'You']) {
    const box = await bar.getByText(name, { exact: true }).locator('..').boundingBox();
    expect(box?.y).toBeGreaterThan(740 / 2);
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await bar.getByRole('button', { name: 'Find' }).tap();
  await finder(page).fill('inbox');
  await page.getByRole('option', { name: 'Inbox' }).tap();
  await page.waitForURL('**/inbox');
  await bar.getByRole('link', { name: 'You' }).tap();
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
});

test('the address of a view survives signing in', async ({ page }) => {
  const wanted = '/workflows/EXPENSE?step=manager';
  await page.goto(wanted);
  await page.waitForURL('**/sign-in?*');
  await page
    .getByLabel('Organization')
    .fill(org)
    .catch(() => undefined);
  await page.getByLabel('Email').fill(asha.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname + url.search === wanted);
  await expect(page.getByRole('heading', { level: 1, name: /Expense claim/ })).toBeVisible({ timeout: 30_000 });
});

test('it can be installed, and keeps nothing but a page that says the server is away', async ({ home, request }) => {
  const manifest = await (await request.get('/manifest.webmanifest')).json();
  for (const icon of manifest.icons) expect((await request.get(icon.src)).ok()).toBe(true);
  const page = await home(asha);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const stores = await Promise.all(names.map((name) => caches.open(name)));
    const requests = (await Promise.all(stores.map((store) => store.keys()))).flat();
    return requests.map((each) => new URL(each.url).pathname).sort();
  });
  expect(kept).toEqual(['/mark.svg', '/offline.css', '/offline.html']);
  await page.reload(); // from here on the worker stands in between
  await expect(page.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
  await page.context().setOffline(true);
  await page.goto('/inbox').catch(() => undefined);
  await expect(page.getByRole('heading', { name: 'The server does not answer' })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('link', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
});

test('a page that comes late leaves the focus to the palette over it', async ({ home }) => {
  const page = await home(asha);
  let release = () => {};
  const late = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/api/v1/workflows.get', async (route) => {
    await late;
    await route.continue();
  });
  await page.getByRole('link', { name: 'View Travel declaration' }).click();
  await expect(page.getByText('Loading the workflow')).toHaveCount(1);
  await page.keyboard.press('Control+k');
  const finder = page.getByRole('combobox', { name: 'Go to, start or find' });
  await expect(finder).toBeFocused();
  await page.keyboard.type('exp');
  release();
  await expect(page).toHaveTitle(/Travel/);
  await page.keyboard.type('ense');
  await expect(finder).toHaveValue('expense');
});
