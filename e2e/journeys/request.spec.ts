import { asha, fatima, siddharth } from './people.ts';
import { daysAfter, expect, monday, test } from './test.ts';

test('the form answers at once: it calculates, shows and says what is wrong', async ({ as }) => {
  const page = await as(fatima);
  await page.getByRole('link', { name: 'Leave application', exact: true }).click();
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

test('a draft is kept by itself and can be thrown away', async ({ as }) => {
  const page = await as(siddharth);
  await page.getByRole('link', { name: 'Leave application', exact: true }).click();
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

test('comments join the history', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/inbox?view=requests');
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByLabel('Comment').fill('Is there any news?');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'History' })).toContainText('Is there any news?');
});

test('the landing page finds workflows by word and by group', async ({ as }) => {
  const page = await as(asha);
  await page.getByRole('searchbox', { name: 'Search workflows' }).fill('travel');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search workflows' }).fill('no such thing');
  await expect(page.getByText('No workflow matches')).toBeVisible();
  await page.getByRole('link', { name: 'Show all workflows' }).click();
  await page.getByRole('navigation', { name: 'Groups' }).getByRole('link').nth(1).click();
  await expect(page).toHaveURL(/group=/);
  await page.getByRole('link', { name: /^View/ }).first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Steps' })).toBeVisible();
});
