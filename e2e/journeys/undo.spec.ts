import type { Locator, Page } from '@playwright/test';
import { acting, type Stood } from './api.ts';
import { asha, meera, ravi } from './people.ts';
import { accessible, expect, monday, settled, test } from './test.ts';

// Each decision is taken back within the minute: several people at work on a busy machine take their time.
test.slow();

const list = (page: Page): Locator => page.getByRole('list', { name: 'My tasks' });
const line = (page: Page, number: string): Locator => list(page).getByRole('listitem').filter({ hasText: number });
const link = (page: Page, number: string): Locator => line(page, number).getByRole('link').first();
const results = (page: Page): Locator => page.getByRole('status', { name: 'Results' });

/** Asks for leave several times and answers the numbers, the newest first. Two journeys that fill in a form as one person share a draft. */
async function ask(page: Page, weeks: number[], reason: string): Promise<string[]> {
  const ashas = await acting(page, asha);
  const numbers: string[] = [];
  for (const week of weeks) {
    const values = { leave_from: monday(week), leave_to: monday(week), reason };
    const { number } = await ashas<Stood>('runs.start', { workflow: 'LEAVE', values });
    numbers.unshift(number);
  }
  return numbers;
}

/** Rejects a line of the list by its keys. */
async function reject(page: Page, number: string) {
  await link(page, number).click();
  await expect(link(page, number)).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Reason/).fill('Not that week.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(results(page)).toContainText(`${number} is rejected.`);
  await expect(line(page, number)).toHaveCount(0);
}

test('what was decided last is taken back by a key or a button, the one before after it', async ({ as, page: api }) => {
  const [newer, older] = (await ask(api, [70, 71], 'Thought better of')) as [string, string];
  const page = await as(ravi);
  await page.goto('/inbox?q=LEAVE');
  await reject(page, older);
  await reject(page, newer);
  // One offer for both: the latest first.
  await expect(results(page).getByRole('button', { name: 'Undo' })).toHaveCount(1);
  await expect(results(page)).not.toContainText(older);
  await settled(page);
  await accessible(page, 'an offer to undo');
  await page.keyboard.press('z');
  await expect(results(page)).toContainText(`${newer} is back in your inbox.`);
  await expect(link(page, newer)).toHaveAttribute('aria-current', 'true');
  await expect(link(page, newer)).toBeFocused();
  await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();

  await expect(results(page)).toContainText(`${older} is rejected.`);
  await page.keyboard.press('Control+z');
  await expect(results(page)).toContainText(`${older} is back in your inbox.`);
  await expect(link(page, older)).toHaveAttribute('aria-current', 'true');
  await expect(results(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);

  // The history keeps both, and the request can be decided again.
  await page.goto(`/runs/${older}`);
  await expect(page.getByText(/took the rejection back/).first()).toBeVisible();
  await expect(page.getByText(/rejected it/).first()).toBeVisible();
  await page.getByRole('button', { name: /^Reject/ }).click();
  await page
    .getByRole('dialog')
    .getByLabel(/Reason/)
    .fill('After all.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  const undo = results(page).getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveAttribute('aria-keyshortcuts', 'z');
  await undo.click();
  await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();
  await expect(results(page)).toContainText(`${older} is back in your inbox.`);
});

test('who was too slow is told who has acted', async ({ as, page: api, expected }) => {
  expected.add(409);
  const [number] = (await ask(api, [72], 'Too late')) as [string];
  const page = await as(ravi);
  await page.goto(`/runs/${number}`);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByRole('button', { name: /^Approve/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /Assign HR to/ }).fill(meera.name.slice(0, 5));
  await page.getByRole('option', { name: new RegExp(meera.name) }).click();
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(results(page)).toContainText(`${number} is with ${meera.name} now.`);
  const meeras = await acting(api, meera);
  const { id } = await meeras<Stood & { id: string }>('runs.get', { run: number });
  await meeras('comments.add', { run_id: id, text: 'I look into it.' });
  await results(page).getByRole('button', { name: 'Undo' }).click();
  await expect(results(page)).toContainText(`${meera.name} has commented since`);
  await expect(results(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('several that were decided at once are taken back at once', async ({ as, page: api, expected }) => {
  expected.add(409);
  const numbers = await ask(api, [73, 74, 75], 'All back');
  const page = await as(ravi);
  await page.goto('/inbox?q=LEAVE');
  const bar = page.getByRole('group', { name: 'Selected tasks' });
  const rejectAll = async () => {
    for (const number of numbers) {
      await link(page, number).focus();
      await page.keyboard.press('x');
    }
    await expect(bar).toContainText('3 selected');
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Reason/).fill('No leave then.');
    await dialog.getByRole('button', { name: 'Reject 3 tasks' }).click();
    await expect(results(page)).toContainText('3 rejected.');
    for (const number of numbers) await expect(line(page, number)).toHaveCount(0);
  };
  await rejectAll();
  await results(page).getByRole('button', { name: 'Undo all' }).click();
  await expect(results(page)).toContainText('3 are back in your inbox.');
  for (const number of numbers) await expect(line(page, number)).toBeVisible();

  // Somebody remarks on one of them: it stays decided, and says why.
  await rejectAll();
  const [first] = numbers as [string];
  const ashas = await acting(api, asha);
  const { id } = await ashas<Stood & { id: string }>('runs.get', { run: first });
  await ashas('comments.add', { run_id: id, text: 'A pity.' });
  await page.keyboard.press('z');
  const left = page.getByRole('dialog', { name: 'One could not be taken back' });
  await expect(left).toContainText(`${asha.name} has commented since`);
  await accessible(page, 'what could not be taken back');
  await left.getByRole('button', { name: 'Done' }).click();
  for (const number of numbers.slice(1)) await expect(line(page, number)).toBeVisible();
  await expect(line(page, first)).toHaveCount(0);
});

test('on a phone the offer stands above what is decided next', async ({ as, page: api }) => {
  const [second, first] = (await ask(api, [76, 77], 'By thumb, and back')) as [string, string];
  const page = await as(ravi, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  });
  await page.goto(`/runs/${first}`);
  const act = page.getByRole('group', { name: 'Your decision' });
  await act.getByRole('button', { name: /^Reject/ }).tap();
  await page
    .getByRole('dialog')
    .getByLabel(/Reason/)
    .fill('Not then.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).tap();
  await expect(results(page)).toContainText(`${first} is rejected.`);
  // By the way the page offers, so that it is the same page.
  await page.getByRole('link', { name: 'Inbox' }).first().tap();
  await link(page, second).tap();
  await expect(act).toBeVisible();
  const undo = results(page).getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  const [offer, bar] = [await undo.boundingBox(), await act.boundingBox()];
  expect((offer?.y ?? 0) + (offer?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  await settled(page);
  await accessible(page, 'an offer to undo on a phone, dark');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await undo.tap();
  await expect(results(page)).toContainText(`${first} is back in your inbox.`);
});
