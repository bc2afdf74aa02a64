import type { Locator, Page } from '@playwright/test';
import { asha, meera, org, password, ravi } from './people.ts';
import { askForLeave, expect, monday, test } from './test.ts';

/** Tab until the control of that name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let i = 0; i < 80; i++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted} cannot be reached by keyboard`);
}

test('everything from signing in to deciding works without a mouse', async ({ page, as }) => {
  const from = monday(9);
  const number = await askForLeave(await as(asha), from, from, 'By keyboard');

  await page.goto(`/sign-in?org=${org}&next=${encodeURIComponent('/inbox')}`);
  await tabTo(page, page.getByLabel('Email'));
  await page.keyboard.type(ravi.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');

  // The wanted address comes back after signing in; j goes down the list, Enter opens.
  await page.waitForURL('**/inbox');
  await expect(page.getByRole('listitem').filter({ hasText: number })).toBeVisible();
  const link = page.getByRole('listitem').filter({ hasText: number }).getByRole('link').first();
  for (let i = 0; i < 50 && !(await link.evaluate((e) => e === document.activeElement)); i++) {
    await page.keyboard.press('j');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/runs/${number}`);

  // A group of radio buttons is one stop; the arrows choose.
  await tabTo(page, page.getByRole('radio', { name: 'Yes' }));
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'No', exact: true })).toBeChecked();
  await tabTo(page, page.getByRole('button', { name: /^Approve/ }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('combobox', { name: /Assign HR to/ }));
  await page.keyboard.type(meera.name.slice(0, 5));
  await expect(page.getByRole('option', { name: new RegExp(meera.name) })).toBeVisible();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByLabel('Comment'));
  await page.keyboard.type('Fine.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`${number} is with ${meera.name} now.`).first()).toBeVisible();
});

test('the first stop on every page skips to the content', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
