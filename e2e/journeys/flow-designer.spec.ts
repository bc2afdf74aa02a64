import type { Locator, Page } from '@playwright/test';
import { acting } from './api.ts';
import { admin, asha } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

// Signing in twice, publishing and axe take their time on a busy machine.
test.slow();

type Saved = { document: { steps: { id: string; name?: string; transitions?: { to: string; name?: string }[] }[] } };

/** A blank workflow of its own, opened in the designer. */
async function blank(page: Page, name: string) {
  const call = await acting(page, admin);
  const key = `F${crypto.randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase()}`;
  await call('workflows.create', { key, name, group: 'HR' });
  await page.goto(`/workflows/${key}/edit`);
  await expect(step(page, 'start')).toBeVisible({ timeout: 60_000 });
  await settled(page);
  return { key, draft: () => call<Saved>('drafts.get', { workflow: key }) };
}

const canvas = (page: Page) => page.getByRole('region', { name: 'Canvas' });
const step = (page: Page, id: string) => canvas(page).locator(`[data-step="${id}"]`);
const settings = (page: Page) => page.getByRole('complementary', { name: 'Settings' });
const preset = (page: Page, id: string) => page.locator(`[data-preset="${id}"]`);

async function middle(of: Locator) {
  const box = await of.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

type Spot = { x: number; y: number };

async function drag(page: Page, from: Spot, to: Spot, before?: () => Promise<void>) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 9, from.y + 9, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await before?.();
  await page.mouse.up();
}

/** The middle of the arrow between two steps that stand below each other. */
async function between(page: Page, above: string, below: string) {
  const [a, b] = [await step(page, above).boundingBox(), await step(page, below).boundingBox()];
  if (!a || !b) throw new Error('they are not on the screen');
  return { x: (a.x + a.width / 2 + b.x + b.width / 2) / 2, y: (a.y + a.height + b.y) / 2 };
}

async function saved(page: Page) {
  await expect(
    page.getByRole('banner').getByRole('status').or(page.locator('header [role="status"]')).first(),
  ).toHaveText('Saved');
}

const shape = ({ document }: Saved) =>
  Object.fromEntries(document.steps.map((s) => [s.id, (s.transitions ?? []).map((t) => `${t.name ?? ''}>${t.to}`)]));

test('somebody draws the leave flow with the mouse, publishes it, and somebody else asks for leave', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const { key, draft } = await blank(page, 'Leave by mouse');
  await expect(canvas(page).getByText('Who decides first?')).toBeVisible();

  // Onto the arrow: the step goes in between.
  await drag(page, await middle(preset(page, 'manager')), await between(page, 'start', 'done'), async () => {
    await expect(canvas(page).getByText('Put it in here')).toBeVisible();
  });
  await expect(step(page, 'manager')).toHaveAttribute('aria-pressed', 'true');
  await expect(canvas(page).getByText('Who decides first?')).toHaveCount(0);
  await expect(canvas(page).getByRole('status')).toHaveText('Manager was put before Done.');

  // The end is what the request comes to.
  await step(page, 'done').click();
  await settings(page).getByLabel('Name', { exact: true }).fill('Approved');
  await settings(page).getByLabel('Outcome').fill('approved');
  await settings(page).getByLabel('Outcome').press('Escape');
  await expect(step(page, 'approved')).toBeVisible();
  const end = await middle(step(page, 'approved'));
  await drag(page, end, { x: end.x, y: end.y + 150 });
  await expect.poll(async () => (await middle(step(page, 'approved'))).y).toBeGreaterThan(end.y + 100);

  // Beside it, unconnected: then drawn by hand.
  const free = await middle(step(page, 'manager'));
  await drag(page, await middle(preset(page, 'hr')), { x: free.x + 120, y: free.y + 110 });
  await expect(step(page, 'hr')).toBeVisible();
  await drag(page, await middle(preset(page, 'end_rejected')), { x: free.x - 190, y: free.y + 180 });
  await expect(step(page, 'rejected')).toContainText('When somebody rejects');

  // A step cannot lead to itself, and is told so while the arrow is held over it.
  await step(page, 'manager').hover();
  const handle = canvas(page).locator('[data-handle="manager"][data-side="right"]');
  const onItself = await middle(step(page, 'manager'));
  await drag(page, await middle(handle), { x: onItself.x - 60, y: onItself.y }, async () => {
    await expect(canvas(page).getByText('A step cannot lead to itself.')).toBeVisible();
  });
  await expect.poll(async () => shape(await draft()).manager).toEqual(['Approve>approved']);

  // The arrow of the manager is taken by its end and led to HR, and HR to the end.
  await canvas(page).locator('[data-label="manager approve"]').click();
  await expect(settings(page).getByLabel('Word on the button')).toHaveValue('Approve');
  await drag(page, await middle(canvas(page).locator('[data-grip="end"]')), await middle(step(page, 'hr')));
  await step(page, 'hr').hover();
  await drag(
    page,
    await middle(canvas(page).locator('[data-handle="hr"][data-side="bottom"]')),
    await middle(step(page, 'approved')),
  );
  await expect(canvas(page).getByRole('status')).toHaveText('HR now leads to Approved.');

  // The word on an arrow is written where it stands.
  await canvas(page).locator('[data-label="hr approve"]').dblclick();
  await page.getByLabel('Name of the arrow').fill('Book and approve');
  await page.getByLabel('Name of the arrow').press('Enter');
  await expect(canvas(page).locator('[data-label="hr approve"]')).toHaveText('Book and approve');

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(canvas(page).locator('[data-label="hr approve"]')).toHaveText('Approve');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(canvas(page).locator('[data-label="hr approve"]')).toHaveText('Book and approve');

  const before = await middle(step(page, 'hr'));
  await page.getByRole('button', { name: 'Tidy' }).click();
  await expect.poll(async () => Math.abs((await middle(step(page, 'hr'))).x - before.x)).toBeGreaterThan(20);
  const row = async (id: string) => (await middle(step(page, id))).y;
  expect(await row('start')).toBeLessThan(await row('manager'));
  expect(await row('manager')).toBeLessThan(await row('hr'));
  expect(await row('hr')).toBeLessThan(await row('approved'));

  // What was drawn is what is saved.
  await saved(page);
  await page.reload();
  await expect(step(page, 'hr')).toBeVisible();
  await expect
    .poll(async () => shape(await draft()))
    .toEqual({
      start: ['>manager'],
      manager: ['Approve>hr'],
      hr: ['Book and approve>approved'],
      approved: [],
      rejected: [],
    });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await page.waitForURL(`**/workflows/${key}`);

  const employee = await as(asha);
  await employee.goto(`/workflows/${key}/start`);
  await employee.getByRole('button', { name: 'Send request' }).click();
  await employee.waitForURL(/\/runs\/F\w+-1$/);
  await expect(employee.getByText('Manager', { exact: true }).first()).toBeVisible();
});

test('somebody draws the leave flow with the keyboard alone', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const { draft } = await blank(page, 'Leave by keyboard');
  const press = (key: string) => page.keyboard.press(key);

  // From the list on the left, behind what is chosen.
  await preset(page, 'manager').focus();
  await press('Enter');
  await expect(step(page, 'manager')).toBeFocused();
  await preset(page, 'hr').focus();
  await press('Enter');
  await expect(step(page, 'hr')).toBeFocused();
  await preset(page, 'end_rejected').focus();
  await press('Enter');
  await expect(step(page, 'rejected')).toBeFocused();

  // To the end and into its settings, and back.
  await press('Home');
  await expect(step(page, 'start')).toBeFocused();
  for (const id of ['manager', 'hr', 'done']) {
    await press('ArrowDown');
    await expect(step(page, id)).toBeFocused();
  }
  await press('Enter');
  const name = settings(page).getByLabel('Name', { exact: true });
  await expect(name).toBeFocused();
  await press('ControlOrMeta+a');
  await page.keyboard.type('Approved');
  await press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('approved');
  await press('Escape');
  await press('Escape');
  await expect(step(page, 'approved')).toBeFocused();

  // An arrow to a step that is found by its name; what cannot be is said, and not offered.
  await press('ArrowUp');
  await expect(step(page, 'hr')).toBeFocused();
  await press('c');
  const dialog = page.getByRole('dialog', { name: 'What follows HR?' });
  await expect(dialog.getByRole('option', { name: /^HR.*A step cannot lead to itself/ })).toBeVisible();
  await page.keyboard.type('rej');
  await press('Enter');
  await expect(step(page, 'hr')).toBeFocused();
  await expect(canvas(page).getByRole('status')).toHaveText('HR now leads to Rejected.');
  await press('ControlOrMeta+z');

  // Search, nudge, double, delete.
  await press('/');
  await page.keyboard.type('mana');
  await press('Enter');
  await expect(step(page, 'manager')).toBeFocused();
  const before = await middle(step(page, 'manager'));
  await press('Alt+ArrowRight');
  await expect.poll(async () => (await middle(step(page, 'manager'))).x).toBeGreaterThan(before.x);
  await press('ControlOrMeta+d');
  await expect(step(page, 'manager_2')).toBeFocused();
  await press('Delete');
  await expect(step(page, 'manager_2')).toHaveCount(0);

  // Copied into another workflow.
  await step(page, 'hr').focus();
  await press('Enter');
  await expect(name).toBeFocused();
  await press('Escape');
  await expect(step(page, 'hr')).toBeFocused();
  await press('ControlOrMeta+c');
  await expect(canvas(page).getByRole('status')).toHaveText('1 step copied.');
  await saved(page);
  await expect
    .poll(async () => shape(await draft()))
    .toEqual({
      start: ['>manager'],
      manager: ['Approve>hr'],
      hr: ['Approve>approved'],
      approved: [],
      rejected: [],
    });
  await blank(page, 'Another one');
  await step(page, 'start').focus();
  await press('ControlOrMeta+v');
  await expect(step(page, 'hr')).toBeFocused();
});

test('the designer is accessible, also on a phone and in the dark', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  const { key } = await blank(page, 'Accessible');
  await preset(page, 'role').dblclick();
  // What is missing stands at the step and at its control.
  await expect(step(page, 'approval_by_role')).toContainText('1 problem');
  await saved(page);
  await expect(settings(page).getByText('needs role')).toBeVisible();
  await accessible(page, 'designer');
  await page.emulateMedia({ colorScheme: 'dark' });
  await accessible(page, 'designer, dark', 'colours');

  const phone = await as(admin, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await phone.goto(`/workflows/${key}/edit`);
  await expect(step(phone, 'approval_by_role')).toBeVisible({ timeout: 60_000 });
  await settled(phone);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await step(phone, 'approval_by_role').tap();
  await phone.getByRole('button', { name: 'Show steps' }).tap();
  await preset(phone, 'hr').tap();
  await expect(step(phone, 'hr')).toBeVisible();
  await phone.getByRole('button', { name: 'Show settings' }).tap();
  await settings(phone).getByLabel('Name', { exact: true }).fill('People team');
  await settings(phone).getByLabel('Name', { exact: true }).blur();
  await expect(step(phone, 'people_team')).toBeVisible();
  await saved(phone);
  await accessible(phone, 'designer on a phone');
});
