import { asha, fatima, ravi, siddharth } from './people.ts';
import { accessible, askForLeave, daysAfter, expect, monday, test } from './test.ts';

// Several people sign in, and axe looks at every element: a busy machine takes its time for that.
test.slow();

test('the form answers at once: it calculates, shows and says what is wrong', async ({ as }) => {
  const page = await as(fatima);
  await page.goto('/workflows/LEAVE/start');
  const from = monday(11);
  await page.getByLabel(/^First day/).fill(from);
  await page.getByLabel(/^Last day/).fill(daysAfter(from, 4));
  await expect(page.locator('[data-field="days"]')).toContainText('5');
  await page.getByLabel('Sick leave').click();
  await expect(page.getByText("I have a doctor's certificate")).toBeVisible();
  await page.getByLabel(/^Last day/).fill(daysAfter(from, -1));
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByRole('alert')).toContainText('The last day is before the first.');
  await page.getByRole('alert').getByRole('button', { name: 'The last day is before the first.' }).click();
  await expect(page.getByLabel(/^Last day/)).toBeFocused();
});

test('who is asked next follows what is entered, and nothing flickers meanwhile', async ({ as, expected }) => {
  expected.add(503);
  const page = await as(asha);
  await page.goto('/workflows/PURCHASE/start');
  const next = page.getByRole('complementary', { name: 'What happens next' });
  await expect(next).toContainText('Budget owner');
  for (const owner of ['Deepak Agarwal', 'Suresh Iyengar']) {
    await page.getByLabel(/^Budget owner/).fill(owner);
    await page.getByRole('option', { name: new RegExp(owner) }).click();
    await expect(next).toContainText(owner);
  }
  await expect(next).not.toContainText('Deepak Agarwal');
  // Where no answer comes, the last one stands.
  await page.route('**/api/v1/runs.prepare', (route) => route.fulfill({ status: 503 }));
  const asked = page.waitForResponse('**/api/v1/runs.prepare');
  await page.getByLabel(/^What do you need/).fill('A lathe');
  await asked;
  await expect(next).toContainText('Suresh Iyengar');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a draft is kept by itself and can be thrown away', async ({ as }) => {
  const page = await as(siddharth);
  await page.goto('/workflows/LEAVE/start');
  await page.getByLabel(/^Reason/).fill('Kept by itself');
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.goto('/inbox?view=drafts');
  await page.getByRole('listitem').filter({ hasText: 'Leave application' }).getByRole('link').first().click();
  await expect(page.getByLabel(/^Reason/)).toHaveValue('Kept by itself');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByLabel(/^Reason/)).toHaveValue('');
  await page.goto('/inbox?view=drafts');
  await expect(page.getByText('No drafts')).toBeVisible();

  // Leaving at once loses nothing either.
  await page.goto('/workflows/LEAVE/start');
  await page.getByLabel(/^Reason/).fill('Left at once');
  await page.getByRole('link', { name: 'Later' }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Inbox/ }).click();
  await page.getByRole('link', { name: /Drafts/ }).click();
  await page.getByRole('listitem').filter({ hasText: 'Leave application' }).getByRole('link').first().click();
  await expect(page.getByLabel(/^Reason/)).toHaveValue('Left at once');
});

test('an earlier request is asked again, by keyboard alone, with a note to the first reader', async ({ as }) => {
  const page = await as(asha);
  const from = monday(14);
  await askForLeave(page, from, daysAfter(from, 1), 'The same again');
  const more = page.getByRole('button', { name: 'More about this request' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Ask again with this' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/^Reason/)).toHaveValue('The same again');

  // Who is asked next stands there before anything is sent.
  const next = page.getByRole('complementary', { name: 'What happens next' });
  await expect(next).toContainText(ravi.name);
  await page.getByLabel(/^First day/).fill(daysAfter(from, 7));
  await page.getByLabel(/^Last day/).fill(daysAfter(from, 8));
  await next.getByLabel('Note to the first reader').focus();
  await page.keyboard.type('As last time.');
  await page.getByRole('button', { name: 'Send request' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/runs\/LEAVE-\d+$/);
  await expect(page.getByRole('complementary', { name: 'History' })).toContainText('As last time.');
});

test('a request is begun on a phone; the summary leads to what is missing', async ({ as }) => {
  const page = await as(fatima, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await page.goto('/workflows/EXPENSE/start');
  await page.getByRole('button', { name: 'Send request' }).tap();
  const summary = page.getByRole('alert');
  await expect(summary).toContainText('things need to be corrected');
  await expect(summary).toBeFocused();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await accessible(page, `start with errors, ${colorScheme}`);
  }
  await summary.getByRole('button', { name: 'Purpose is required.' }).tap();
  await expect(page.getByLabel(/^Purpose/)).toBeFocused();
});
