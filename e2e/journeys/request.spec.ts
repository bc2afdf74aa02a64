import type { Page } from '@playwright/test';
import { asha, ravi } from './people.ts';
import { accessible, askForLeave, daysAfter, expect, monday, openFromInbox, test } from './test.ts';

// Several people sign in, and axe looks at every element: a busy machine takes its time for that.
test.slow();

/** Asha asks, Ravi sends it back, Asha corrects the reason and sends it again. */
async function inSecondRound(employee: Page, manager: Page, weeks: number): Promise<string> {
  const from = monday(weeks);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'A short trip');
  await openFromInbox(manager, number);
  await manager.getByRole('button', { name: 'Send back' }).click();
  const back = manager.getByRole('dialog');
  await back.getByLabel('What has to be corrected').fill('Where to?');
  await back.getByRole('button', { name: 'Send back' }).click();
  await expect(back).toHaveCount(0);
  await employee.reload();
  await employee.getByLabel(/^Reason/).fill('A short trip to Pune');
  await employee.getByRole('button', { name: 'Submit again' }).click();
  await employee.getByRole('dialog').getByRole('button', { name: 'Submit again' }).click();
  await expect(employee.getByText(`${number} is with ${ravi.name} now.`).first()).toBeVisible();
  return number;
}

test('the page tells where a request is, what comes next and what has changed', async ({ as }) => {
  const [employee, manager] = [await as(asha), await as(ravi)];
  const number = await inSecondRound(employee, manager, 17);
  const where = employee.getByRole('region', { name: 'Where it is' });
  await expect(where).toContainText(/Now with.*Ravi Menon.*since/);
  await expect(where).toContainText(/Next.*HR/);

  await manager.goto(`/runs/${number}`);
  await expect(manager.getByText('One field has changed since you last acted')).toBeVisible();
  await manager.getByRole('button', { name: 'Reason', exact: true }).click();
  const reason = manager.locator('[data-field="reason"]');
  await expect(reason).toBeInViewport();
  await expect(reason).toContainText('A short trip to Pune');
  await reason.getByText('show what it was').click();
  await expect(reason.getByText('A short trip', { exact: true })).toBeVisible();
  await expect(reason).toContainText(`Changed by ${asha.name}`);

  // One act, one entry: what came with it stands below.
  const history = manager.getByRole('complementary', { name: 'History' });
  const again = history.getByRole('listitem').filter({ hasText: 'corrected it and submitted it again' });
  await expect(again).toContainText('changed Reason');
  await expect(again).toContainText('Assigned to Ravi Menon');
  await expect(history).toContainText('Requester');

  // The graph is one press away and marks where the request is.
  await manager.getByRole('button', { name: 'Show as a graph' }).click();
  const graph = manager.getByRole('region', { name: `Path of ${number}` });
  await expect(graph.locator('li[aria-current="step"]')).toContainText('Ravi Menon');
  await accessible(manager, 'request with its graph');
});

test('on paper everything is open, and no control is left', async ({ as }) => {
  const page = await as(asha);
  const from = monday(19);
  const number = await askForLeave(page, from, daysAfter(from, 1), 'For the file');
  await page.evaluate(() => {
    window.print = () => dispatchEvent(new Event('beforeprint'));
  });
  await page.getByRole('button', { name: 'More about this request' }).click();
  await page.getByRole('menuitem', { name: 'Print' }).click();
  await expect(page.getByText(new RegExp(`Printed by Asha Rao,.*/runs/${number}`))).toBeVisible();
  await page.pdf();
});

test('a request is worked on by keys alone', async ({ as }) => {
  const [employee, manager] = [await as(asha), await as(ravi)];
  const from = monday(21);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'By keys');
  await openFromInbox(manager, number);
  // The address is there before the page: the inbox has a comment box, too.
  await expect(manager.getByRole('heading', { level: 1 })).toContainText('Asha Rao');
  await manager.keyboard.press('c');
  await expect(manager.getByRole('textbox', { name: 'Comment' })).toBeFocused();
  await manager.keyboard.type('I will look at it.');
  await manager.keyboard.press('Control+Enter');
  const history = manager.getByRole('complementary', { name: 'History' });
  await expect(history).toContainText('I will look at it.');
  await manager.getByRole('heading', { level: 1 }).focus();
  const bar = manager.getByRole('group', { name: 'Your decision' });
  await expect(bar.getByRole('button', { name: 'Send back' })).toHaveAttribute('aria-keyshortcuts', 'b');
  await manager.keyboard.press('b');
  await expect(manager.getByRole('dialog', { name: 'Send back' })).toBeVisible();
  await manager.keyboard.press('Escape');
  await expect(manager.getByRole('dialog')).toHaveCount(0);
  await manager.keyboard.press('h');
  await expect(manager.getByRole('dialog', { name: 'Reassign' })).toBeVisible();
  await manager.keyboard.press('Escape');
  await expect(manager.getByRole('dialog')).toHaveCount(0);
  await manager.keyboard.press('r');
  await expect(manager.getByRole('dialog').getByLabel(/^Reason/)).toBeFocused();
  await manager.keyboard.type('Not this week.');
  await manager.keyboard.press('Control+Enter');
  await expect(manager.getByRole('heading', { level: 1 })).toContainText('Rejected');
});

test('a comment that is refused comes back to its writer', async ({ as, expected }) => {
  expected.add(503);
  const page = await as(asha);
  await page.goto('/inbox?view=requests');
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.route('**/api/v1/comments.add', (route) => route.fulfill({ status: 503 }));
  await page.getByLabel('Comment').fill('Not lost');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByLabel('Comment')).toHaveValue('Not lost', { timeout: 30_000 });
});

test('on a phone the acts are at the thumb and cover nothing', async ({ as }) => {
  const [employee, manager] = [
    await as(asha),
    await as(ravi, { viewport: { width: 360, height: 740 }, hasTouch: true }),
  ];
  const from = monday(23);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'On the way');
  await manager.goto(`/runs/${number}`);
  const bar = manager.getByRole('group', { name: 'Your decision' });
  await expect(bar).toBeInViewport({ ratio: 1 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await manager.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await manager.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await accessible(manager, `request on a phone, ${colorScheme}`);
  }
  const last = await manager.getByRole('complementary', { name: 'History' }).boundingBox();
  const above = await bar.boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(above?.y ?? 0);
  await bar.getByRole('button', { name: 'More acts' }).tap();
  await manager.getByRole('menuitem', { name: 'Reassign' }).tap();
  await expect(manager.getByRole('dialog', { name: 'Reassign' })).toBeVisible();
  expect(await manager.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('comments join the history', async ({ as }) => {
  const page = await as(asha);
  await page.goto('/inbox?view=requests');
  await page.getByRole('listitem').getByRole('link').first().click();
  await page.getByLabel('Comment').fill('Is there any news?');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'History' })).toContainText('Is there any news?');
});

test('the landing page finds workflows by word and by group', async ({ home }) => {
  const page = await home(asha);
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
