import { admin, asha, meera, nikhil } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

// axe and several sign-ins take their time on a busy machine.
test.slow();

const path = 'Path of Purchase requisition';

test('the path is a drawing that leads to the words', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/workflows/PURCHASE');
  const graph = page.getByRole('region', { name: path });
  await graph.getByRole('button', { name: /^Finance people decide|^Finance\b.*people decide/ }).click();
  await expect(page).toHaveURL(/step=finance/);
  await expect(page.locator('[data-selected]')).toContainText('Finance');
  // The drawing says in words what it shows by lines.
  await expect(graph.getByRole('listitem').first()).toContainText('leads to Ask for approval to Budget owner');
  await page.reload();
  await expect(graph.getByRole('button', { pressed: true })).toContainText('Finance');
});

test('the words name fields as the form does', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/workflows/PURCHASE');
  await expect(page.getByText('The person in the field “Budget owner”').first()).toBeVisible();
  await expect(page.getByText('form.amount')).toHaveCount(0);
});

test('the drawing is walked by arrow keys, with one stop for Tab', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/workflows/PURCHASE');
  const graph = page.getByRole('region', { name: path });
  const first = graph.getByRole('button', { name: /^Requisition/ });
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(graph.getByRole('button', { name: /^Budget owner/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/step=/);
  await page.keyboard.press('ArrowUp');
  await expect(first).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(graph.locator(':focus')).toHaveCount(0);
});

test('statistics are for those who may see all requests or design', async ({ as }) => {
  const page = await as(admin);
  await page.goto('/workflows/LEAVE/runs');
  const outcomes = page.getByRole('list', { name: 'Outcomes' });
  await expect(outcomes.getByText('Approved')).toBeVisible();
  await expect(
    page.getByRole('list', { name: 'Waiting at each step' }).getByText('Manager', { exact: true }),
  ).toBeVisible();
  await page.getByRole('combobox', { name: 'Period' }).selectOption('all');
  await expect(page).toHaveURL(/period=all/);
  await page.getByRole('radiogroup', { name: 'Status' }).getByText('Ended', { exact: true }).click();
  await expect(page).toHaveURL(/status=ended/);
  await expect(page.getByRole('table', { name: /^Runs of/ }).getByText('Under way')).toHaveCount(0);

  // What is counted stands in a table, too, and the rarer filters in the address.
  await page.getByRole('button', { name: 'Week by week, and who has them now' }).click();
  await expect(page.getByRole('table', { name: 'Requests started and ended in each week' })).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'Tasks of each person' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Outcome', { exact: true }).selectOption({ label: 'Rejected' });
  await expect(page).toHaveURL(/outcome=rejected/);
  await page.getByRole('combobox', { name: 'From' }).fill('Asha');
  await page.getByRole('option', { name: /Asha Rao/ }).click();
  await expect(page).toHaveURL(/from=[0-9a-f-]{36}/);
  // Choosing somebody does not close what he was chosen in.
  await expect(page.getByLabel('Outcome', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  const rows = page.getByRole('table', { name: /^Runs of/ }).getByRole('row');
  await expect(rows.filter({ hasText: 'Approved' })).toHaveCount(0);
  await page.goto('/workflows/LEAVE/runs?step=manager');
  await expect(page.getByRole('button', { name: 'Filter 1' })).toBeVisible();
  await expect(rows.filter({ hasText: 'Under way' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Rejected' })).toHaveCount(0);

  const employee = await as(nikhil);
  await employee.goto('/workflows/LEAVE/runs');
  await expect(employee.getByRole('heading', { level: 1 })).toBeVisible();
  await settled(employee);
  await expect(employee.getByRole('region', { name: 'Statistics' })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone, in the ${colorScheme}, nothing scrolls sideways but the drawing`, async ({ as }) => {
    const page = await as(meera, {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
      colorScheme,
    });
    for (const address of ['/workflows/PURCHASE', '/workflows/LEAVE/runs']) {
      await page.goto(address);
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await accessible(page, address);
    }
    await page.goto('/workflows/PURCHASE');
    await page
      .getByRole('region', { name: path })
      .getByRole('button', { name: /^Budget owner/ })
      .tap();
    await expect(page.locator('[data-selected]')).toBeInViewport();
  });
}

test('a failure of the statistics leaves the list', async ({ as, expected }) => {
  expected.add(500);
  const page = await as(admin);
  await page.route('**/api/v1/workflows.statistics', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: '{"code":"internal","status":500,"detail":"It failed."}',
    }),
  );
  await page.goto('/workflows/LEAVE/runs');
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('alert')).toContainText('The statistics could not be shown');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});
