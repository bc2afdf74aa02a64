import { admin, asha, meera, nikhil, siddharth } from './people.ts';
import { expect, settled, test } from './test.ts';

// Several people sign in one after the other.
test.slow();

test('groups, search and the name lead to the form', async ({ home }) => {
  const page = await home(meera);
  const groups = page.getByRole('navigation', { name: 'Groups' });
  // Meera works in HR: her own department stands first after all of them.
  await expect(groups.getByRole('link').nth(1)).toHaveText(/Human Resources/);
  await groups.getByRole('link', { name: /Human Resources/ }).click();
  await expect(page).toHaveURL(/group=HR/);
  await expect(page.getByRole('link', { name: 'Purchase requisition', exact: true })).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search workflows' }).fill('days off');
  await expect(page).toHaveURL(/q=days/);
  await page.reload();
  await page.getByRole('link', { name: 'Leave application', exact: true }).click();
  await page.waitForURL('**/workflows/LEAVE/start');
});

test('actions are those the reader may take', async ({ home }) => {
  const employee = await home(nikhil);
  await expect(employee.getByRole('link', { name: 'View Leave application' })).toBeVisible();
  await expect(employee.getByRole('button', { name: 'Clone Leave application' })).toHaveCount(0);
  const designer = await home(meera);
  await expect(designer.getByRole('button', { name: 'Clone Leave application' })).toBeVisible();
  const administrator = await home(admin);
  await expect(administrator.getByRole('link', { name: 'Runs of Leave application' })).toBeVisible();
});

test('a favourite is kept on the server, for its person alone, and can be given up', async ({ home }) => {
  const page = await home(siddharth);
  const star = page.getByRole('table').getByRole('button', { name: 'Keep Travel declaration at hand' });
  await star.click();
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  const hand = page.getByRole('region', { name: 'At hand' });
  await expect(hand.getByRole('link', { name: 'Start Travel declaration' })).toBeVisible();

  const elsewhere = await home(siddharth);
  await expect(
    elsewhere.getByRole('region', { name: 'At hand' }).getByRole('link', { name: 'Start Travel declaration' }),
  ).toBeVisible();
  const other = await home(asha);
  await expect(
    other.getByRole('table').getByRole('button', { name: 'Keep Travel declaration at hand' }),
  ).toHaveAttribute('aria-pressed', 'false');

  // By keyboard: the star is a button that says whether it is pressed.
  await star.focus();
  await page.keyboard.press('Space');
  await expect(star).toHaveAttribute('aria-pressed', 'false');
  await settled(page);
  await page.reload();
  await expect(star).toHaveAttribute('aria-pressed', 'false');
});

test('a favourite that the server refuses is taken back with a message', async ({ home, expected }) => {
  expected.add(500);
  const page = await home(asha);
  await page.route('**/api/v1/workflows.favourite', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"code":"internal","status":500,"detail":"It failed."}',
    }),
  );
  const star = page.getByRole('table').getByRole('button', { name: 'Keep Purchase requisition at hand' });
  await star.click();
  await expect(page.getByText('It failed.')).toBeVisible();
  await expect(star).toHaveAttribute('aria-pressed', 'false');
});

test('on a phone the same, by touch, without scrolling sideways', async ({ home }) => {
  const page = await home(asha, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await expect(page.getByRole('region', { name: 'At hand' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const star = page.getByRole('table').getByRole('button', { name: 'Keep Expense claim at hand' });
  const box = await star.boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(40);
  await page.getByRole('table').getByRole('link', { name: 'View Expense claim' }).tap();
  await page.waitForURL('**/workflows/EXPENSE');
});

test('nothing moves while it loads', async ({ home }) => {
  const page = await home(asha);
  await page.addInitScript(() => {
    const moved = { sum: 0 };
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        if (!entry.hadRecentInput) moved.sum += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const [path, ready] of [
    ['/', 'Leave application'],
    ['/workflows/LEAVE', 'Steps'],
    ['/workflows/LEAVE/runs', 'Runs of'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(ready).first()).toBeVisible();
    await settled(page);
    const moved = await page.evaluate(() => (window as unknown as { moved: { sum: number } }).moved.sum);
    expect(moved, `layout shift of ${path}`).toBeLessThan(0.1);
  }
});
