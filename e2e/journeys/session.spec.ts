import { asha, org, password } from './people.ts';
import { expect, signIn, test } from './test.ts';

test('wrong and missing entries are said where they are', async ({ page, expected }) => {
  expected.add(401);
  await page.goto(`/sign-in?org=${org}`);
  await expect(page.getByLabel('Organization')).toHaveValue(org);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Enter your email address.')).toBeVisible();
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.getByLabel('Email').fill(asha.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
});

test('a link survives signing in, and signing in survives a reload', async ({ page }) => {
  await page.goto('/inbox?view=drafts');
  await page.waitForURL('**/sign-in?**');
  await page.getByLabel('Organization').fill(org);
  await page.getByLabel('Email').fill(asha.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/inbox?view=drafts');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/eyJ/);
});

test('several tabs open at once stay signed in', async ({ page, context }) => {
  await signIn(page, asha);
  const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => tab.goto('/inbox')));
  for (const tab of tabs) await expect(tab.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
});

test('a link to the sign-in page leads nowhere else', async ({ page }) => {
  await signIn(page, asha);
  for (const elsewhere of ['http://127.0.0.1:1/', '//127.0.0.1:1/', 'javascript:alert(1)']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await expect(page).toHaveURL('/');
  }
  await page.goto(`/sign-in?next=${encodeURIComponent('/inbox')}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
});

test('signing out ends every tab', async ({ page, context }) => {
  await signIn(page, asha);
  const other = await context.newPage();
  await other.goto('/inbox');
  await expect(other.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Handstamp' })).toBeVisible();
  await expect(other.getByRole('heading', { level: 1, name: 'Sign in to Handstamp' })).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Handstamp' })).toBeVisible();
});

test('a session can be ended from another one', async ({ as, expected }) => {
  expected.add(401);
  const here = await as(asha);
  const there = await as(asha, { userAgent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/150.0' });
  await here.goto('/account');
  await here.getByRole('button', { name: 'End the session on Firefox on Windows' }).first().click();
  await expect(here.getByText('That session has ended.')).toBeVisible();
  await expect(async () => {
    await there.goto('/inbox');
    await expect(there.getByRole('heading', { level: 1, name: 'Sign in to Handstamp' })).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 15_000 });
});
