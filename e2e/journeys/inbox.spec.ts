import type { Locator, Page } from '@playwright/test';
import { asha, ishita, karan, kavita, maya, ravi, vivek } from './people.ts';
import { accessible, askForLeave, expect, monday, settled, test } from './test.ts';

// Several people at work on one inbox: a busy machine takes its time for that.
test.slow();

const list = (page: Page): Locator => page.getByRole('list', { name: 'My tasks' });
const line = (page: Page, number: string): Locator => list(page).getByRole('listitem').filter({ hasText: number });
const link = (page: Page, number: string): Locator => line(page, number).getByRole('link').first();
const beside = (page: Page): Locator => page.getByRole('region', { name: 'The selected request' });

/** Asks for leave several times and answers the numbers, the newest first. */
async function ask(page: Page, weeks: number[], reason: string): Promise<string[]> {
  const numbers: string[] = [];
  for (const week of weeks) numbers.unshift(await askForLeave(page, monday(week), monday(week), reason));
  return numbers;
}

test('two keys decide, and the next one is there', async ({ as }) => {
  // An inbox of their own: into others the other journeys bring requests while this one looks.
  const [newest, older] = (await ask(await as(ishita), [40, 41], 'By two keys')) as [string, string];
  const page = await as(karan);
  await page.goto('/inbox?q=LEAVE');
  await expect(link(page, newest)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('j');
  await expect(link(page, newest)).toBeFocused();
  await expect(beside(page).getByRole('heading', { level: 2 }).first()).toBeVisible();
  expect(new URL(page.url()).searchParams.get('open')).toBe(newest);
  await expect(beside(page).getByRole('group', { name: 'Your decision' })).toBeVisible();

  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Reason/).fill('The project ends that week.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`${newest} is rejected.`).first()).toBeVisible();
  await expect(line(page, newest)).toHaveCount(0);
  await expect(link(page, older)).toHaveAttribute('aria-current', 'true');
  await expect(link(page, older)).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: `Next: ` })).toContainText(older);

  await expect(beside(page).getByText(older).first()).toBeVisible();
  await page.keyboard.press('b');
  await expect(dialog).toContainText('goes back');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: 'Reassign' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await link(page, older).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/runs/${older}`);
  await page.goBack();
  await expect(link(page, older)).toHaveAttribute('aria-current', 'true');
});

test('a key takes what is offered to several, and the menu gives it back', async ({ as }) => {
  const page = await as(kavita);
  await page.goto('/inbox?view=claimable');
  const offered = page.getByRole('list', { name: 'To claim' }).getByRole('listitem');
  await expect(offered.first()).toBeVisible();
  await page.keyboard.press('j');
  const bar = beside(page).getByRole('group', { name: 'Your decision' });
  await expect(bar.getByRole('button', { name: 'Claim' })).toHaveAttribute('aria-keyshortcuts', 't');
  const number = (await offered.first().getByRole('link').first().getAttribute('data-row-link')) as string;
  await page.keyboard.press('t');
  await expect(page.getByText('It is yours now.').first()).toBeVisible();
  await page.goto(`/runs/${number}`);
  await page.getByRole('button', { name: 'More acts' }).click();
  await page.getByRole('menuitem', { name: 'Give back' }).click();
  await expect(page.getByText('Given back: others can take it now.').first()).toBeVisible();
});

test('several are decided with one comment, each with its result', async ({ as }) => {
  const numbers = await ask(await as(asha), [42, 43, 44], 'Together');
  const [a, , c] = numbers as [string, string, string];
  const page = await as(ravi);
  await page.goto('/inbox?q=LEAVE');
  await page.getByRole('checkbox', { name: `Select ${a}` }).check({ force: true });
  await page.getByRole('checkbox', { name: `Select ${c}` }).click({ force: true, modifiers: ['Shift'] });
  const bar = page.getByRole('group', { name: 'Selected tasks' });
  await expect(bar).toContainText('3 selected');

  // An approval of leave asks who takes it on: it is skipped and says so.
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve 3 tasks' }).click();
  const skipped = page.getByRole('dialog', { name: '3 were skipped' });
  await expect(skipped).toContainText(a);
  await expect(skipped).toContainText(/Open it/);
  await skipped.getByRole('button', { name: 'Done' }).click();
  for (const number of numbers) await expect(line(page, number)).toBeVisible();

  for (const number of numbers) {
    await link(page, number).focus();
    await page.keyboard.press('x');
  }
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Reject…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Reject 3 tasks' }).click();
  await expect(dialog.getByText('Say why.')).toBeVisible();
  await dialog.getByLabel(/Reason/).fill('No leave in the year end.');
  await dialog.getByRole('button', { name: 'Reject 3 tasks' }).click();
  await expect(page.getByText('3 rejected.').first()).toBeVisible();
  for (const number of numbers) await expect(line(page, number)).toHaveCount(0);
});

test('filters stand in the address and are kept as a view', async ({ as }) => {
  const page = await as(ravi);
  await page.goto('/inbox');
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page
    .getByLabel('Workflow', { exact: true })
    .selectOption({ label: (await optionLike(page, /^Travel/)) as string });
  await expect(page).toHaveURL(/workflow=TRAVEL/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Order: Newest first' }).click();
  await page.getByRole('menuitemradio', { name: 'Oldest first' }).click();
  await expect(page).toHaveURL(/sort=oldest/);
  await expect(list(page).getByRole('listitem').first()).toContainText('TRAVEL-');

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  await page.getByLabel('Name').fill('Old travel');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved as Old travel.').first()).toBeVisible();
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Old travel' }).click();
  await expect(page).toHaveURL(/workflow=TRAVEL.*sort=oldest|sort=oldest.*workflow=TRAVEL/);
  await page.getByRole('button', { name: 'Old travel' }).click();
  await page.getByRole('menuitem', { name: 'Remove views' }).click();
  await page.getByRole('button', { name: 'Remove Old travel' }).click();
  await expect(page.getByText('You keep no views any more.')).toBeVisible();
});

test('the list can be ordered by what stands in it', async ({ as }) => {
  const page = await as(ravi);
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Order: Newest first' }).click();
  await page.getByRole('menuitemradio', { name: 'Workflow' }).click();
  await expect(page).toHaveURL(/sort=workflow/);
  const numbers = async () => {
    const texts = await list(page)
      .locator('[data-row-link]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('data-row-link')));
    return texts.map((text) => text?.split('-')[0] ?? '');
  };
  // By name: Leave application, …, Travel declaration.
  await expect.poll(async () => (await numbers()).filter((key) => key === 'TRAVEL').length).toBeGreaterThan(0);
  const keys = await numbers();
  expect(keys.lastIndexOf('LEAVE')).toBeLessThan(keys.indexOf('TRAVEL'));
  await page.reload();
  await expect(page.getByRole('button', { name: 'Order: Workflow' })).toBeVisible();
});

async function optionLike(page: Page, name: RegExp): Promise<string | undefined> {
  const options = page.getByLabel('Workflow', { exact: true }).locator('option');
  await expect(options.filter({ hasText: name })).toHaveCount(1);
  return (await options.filter({ hasText: name }).textContent()) ?? undefined;
}

test('on a phone a request opens from the list and is decided at the thumb', async ({ as }) => {
  const [number] = (await ask(await as(asha), [45], 'From a phone')) as [string];
  const page = await as(ravi, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await page.goto('/inbox');
  await link(page, number).tap();
  await page.waitForURL(`**/runs/${number}`);
  const bar = page.getByRole('group', { name: 'Your decision' });
  const box = await bar.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(700);
  await bar.getByRole('button', { name: /^Reject/ }).tap();
  await page
    .getByRole('dialog')
    .getByLabel(/Reason/)
    .fill('Not then.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).tap();
  await expect(page.getByText(`${number} is rejected.`).first()).toBeVisible();
});

test('on a phone several are selected by a word or a resting finger', async ({ as }) => {
  // People of their own: two journeys that ask as one person send each other's draft.
  const numbers = await ask(await as(vivek), [46, 47, 48], 'By thumb');
  const [newest, middle, oldest] = numbers as [string, string, string];
  const page = await as(maya, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await page.goto('/inbox?q=LEAVE');
  const bar = page.getByRole('group', { name: 'Selected tasks' });
  await page.getByRole('button', { name: 'Select', exact: true }).tap();
  await link(page, newest).tap();
  await expect(bar).toContainText('1 selected');
  await expect(page).toHaveURL(/inbox/);
  await page.getByRole('button', { name: 'Done' }).tap();
  await expect(bar).toHaveCount(0);

  await link(page, middle).scrollIntoViewIfNeeded();
  const box = (await line(page, middle).boundingBox()) as { x: number; y: number };
  const touch = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + 120, y: box.y + 20 }];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await expect(bar).toContainText('1 selected');
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(bar).toContainText('1 selected');
  await link(page, oldest).tap();
  await expect(bar).toContainText('2 selected');
  await accessible(page, 'selecting on a phone');
  await bar.getByRole('button', { name: 'Reject…' }).tap();
  await page
    .getByRole('dialog')
    .getByLabel(/Reason/)
    .fill('Not these.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject 2 tasks' }).tap();
  await expect(page.getByText('2 rejected.').first()).toBeVisible();
  // What was decided is gone, and a tap opens again.
  await expect(line(page, middle)).toHaveCount(0);
  await link(page, newest).tap();
  await page.waitForURL(`**/runs/${newest}`);
});

test('the list with a request beside it is accessible by day and by night', async ({ as }) => {
  const page = await as(ravi);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto('/inbox');
    await page.keyboard.press('j');
    await expect(beside(page).getByRole('heading', { level: 2 }).first()).toBeVisible();
    await settled(page);
    await accessible(page, `two panes, ${colorScheme}`);
    await page.keyboard.press('x');
    await expect(page.getByRole('group', { name: 'Selected tasks' })).toBeVisible();
    await accessible(page, `bulk, ${colorScheme}`);
  }
});

test('ten thousand rows scroll smoothly', async ({ as, expected }) => {
  expected.add(404); // the rows are not there to be opened
  const page = await as(ravi);
  const total = 10_000;
  // The rows come from the test: what is measured is the list.
  await page.route('**/api/v1/tasks.list', async (route) => {
    const { cursor, limit = 50 } = route.request().postDataJSON() as { cursor?: string; limit?: number };
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(limit, total - from) }, (_, i) => row(from + i));
    const next = from + items.length;
    await route.fulfill({ json: { items, ...(next < total && { next_cursor: String(next) }) } });
  });
  await page.goto('/inbox?open=LEAVE-X');
  const box = page.getByRole('region', { name: 'My tasks, the list' });
  await expect(list(page).getByRole('listitem').first()).toBeVisible();
  await box.evaluate(async (element) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const end = Date.now() + 60_000;
    while (Date.now() < end && !element.querySelector('[aria-posinset="10000"]')) {
      element.scrollTop += 6000;
      await frame();
    }
  });
  await expect(list(page).locator('[aria-posinset="10000"]')).toBeVisible();
  // However long the list is, the page holds what is in sight: that is what keeps it smooth.
  expect(await list(page).getByRole('listitem').count()).toBeLessThan(60);
});

function row(n: number) {
  const id = `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  return {
    id,
    run_id: id,
    number: `MANY-${n + 1}`,
    title: `Request ${n + 1}`,
    workflow: { id, key: 'LEAVE', name: 'Leave application', icon: 'beach' },
    step_id: 'manager',
    step_name: 'Manager',
    kind: 'decide',
    initiator: { id, name: 'Asha Rao', email: asha.email, status: 'active' },
    assigned_at: new Date(Date.UTC(2026, 0, 1) - n * 60_000).toISOString(),
    round: 1,
    unread: n % 3 === 0,
    can: { complete: true, claim: false, release: false, reassign: true },
  };
}
