import type { Page } from '@playwright/test';
import { acting } from './api.ts';
import { admin } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

test.slow();

/** A workflow of this journey's own, published once. */
async function published(page: Page, key: string): Promise<void> {
  const as = await acting(page, admin);
  await as('workflows.import', {
    publish: true,
    yaml: `key: ${key}
name: Desk ${key}
group: IT
form: {fields: [{name: what, type: text, label: What}]}
steps:
  - {id: ask, type: start}
  - {id: boss, type: task, name: Boss, assignee: {strategy: manager}, transitions: [{id: ok, to: done, name: Approve, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`,
  });
}
const keyOf = (name: string) => `${name}${Date.now() % 10_000_000}`;
const saved = (page: Page) =>
  expect(page.getByRole('banner').or(page.locator('header')).getByText('Saved', { exact: true })).toBeVisible();

test('a workflow begins from the library, says what it is called, and is kept by itself', async ({ home }) => {
  const key = keyOf('LIB');
  const page = await home(admin);
  await page.getByRole('button', { name: 'New workflow' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workflow' });
  await dialog.getByRole('radio', { name: /Expense claim/ }).check();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Travel money');
  await dialog.getByRole('textbox', { name: 'Key' }).fill(key);
  await settled(page);
  await accessible(page, 'a new workflow');
  await dialog.getByRole('button', { name: 'Make a draft' }).click();
  await expect(page).toHaveURL(new RegExp(`/workflows/${key}/edit$`));

  await page.getByRole('link', { name: 'Preferences', exact: true }).click();
  await page.getByLabel('Description').fill('Money for the way.');
  await saved(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Description')).not.toHaveValue('Money for the way.');
  await page.getByRole('button', { name: 'Redo' }).click();
  await saved(page);
  await accessible(page, 'preferences of a workflow');
  await page.reload();
  await expect(page.getByLabel('Description')).toHaveValue('Money for the way.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Travel money');
});

test('a workflow is written as text, with what is wrong at its line', async ({ as, page }) => {
  const key = keyOf('TXT');
  await published(page, key);
  const designer = await as(admin);
  await designer.goto(`/workflows/${key}/edit/text`);
  const text = designer.getByRole('textbox', { name: 'Definition' });
  await expect(text).toContainText(`key: ${key}`);
  await text.click();
  await designer.keyboard.press('Control+Home');
  await designer.keyboard.type('descripton: Where one sits.\n');
  await expect(designer.getByText('This cannot be read yet.')).toBeVisible();
  await expect(designer.getByText(/Line 1: .*Did you mean "description"/)).toBeVisible();
  await settled(designer);
  await accessible(designer, 'a text that cannot be read');
  await designer.keyboard.press('Control+Home');
  for (let i = 0; i < 8; i++) await designer.keyboard.press('ArrowRight');
  await designer.keyboard.type('i');
  await expect(designer.getByText('Understood.')).toBeVisible();
  await saved(designer);
  await designer.getByRole('link', { name: 'Preferences', exact: true }).click();
  await expect(designer.getByLabel('Description')).toHaveValue('Where one sits.');
  // What the form lacks is a problem of the draft, told where it is mended.
  await designer.getByRole('link', { name: 'Text', exact: true }).click();
  await expect(text).toContainText('description: Where one sits.');
});

test('versions are compared, published with a note, restored, and taken out of use', async ({ as, page }) => {
  const key = keyOf('VER');
  await published(page, key);
  const designer = await as(admin, { viewport: { width: 1280, height: 800 } });
  await designer.goto(`/workflows/${key}/edit/settings`);
  await expect(designer.getByRole('button', { name: 'Publish', exact: true })).toBeHidden();
  await designer.getByLabel('Name', { exact: true }).fill('A better desk');
  await saved(designer);

  await designer.getByRole('link', { name: 'Versions', exact: true }).click();
  const changed = designer.getByRole('region', { name: 'What changed' });
  await expect(changed).toContainText('A better desk');
  await expect(changed.getByRole('term').first()).toHaveText('Name');
  await settled(designer);
  await accessible(designer, 'versions compared');
  await designer.getByRole('button', { name: 'Publish', exact: true }).click();
  await designer.getByRole('textbox', { name: 'What changed' }).fill('Better name.');
  await designer.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(designer.getByRole('heading', { level: 1 })).toContainText('A better desk');

  await designer.goto(`/workflows/${key}/edit/versions`);
  const list = designer.getByRole('list', { name: 'Versions' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list).toContainText('Better name.');
  await list.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(designer.getByRole('heading', { level: 1 })).toHaveText(`Desk ${key}`);
  await saved(designer);

  await designer.getByRole('button', { name: 'Unpublish' }).click();
  await designer.getByRole('dialog').getByRole('button', { name: 'Unpublish' }).click();
  await expect(designer.getByText('Unpublished', { exact: true })).toBeVisible();
  await designer.getByRole('link', { name: 'Edit', exact: true }).click();
  await designer.getByRole('link', { name: 'Versions', exact: true }).click();
  await designer.getByRole('button', { name: 'Delete' }).click();
  await designer.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(designer).toHaveURL('/');
});

test('two designers of one draft: the second is told, and nothing is lost', async ({ as, page, expected }) => {
  expected.add(409);
  const key = keyOf('TWO');
  await published(page, key);
  const first = await as(admin);
  const second = await as(admin);
  for (const designer of [first, second]) {
    await designer.goto(`/workflows/${key}/edit/settings`);
    await expect(designer.getByLabel('Description')).toBeVisible();
  }
  await first.getByLabel('Description').fill('By the first.');
  await saved(first);
  await second.getByLabel('Description').fill('By the second.');
  await expect(second.getByText('Somebody else changed this draft')).toBeVisible();
  await settled(second);
  await accessible(second, 'a draft that somebody else changed');
  await second.getByRole('button', { name: 'Open the other one' }).click();
  await expect(second.getByLabel('Description')).toHaveValue('By the first.');
  await second.getByRole('button', { name: 'Undo' }).click();
  await expect(second.getByLabel('Description')).toHaveValue('By the second.');
  await saved(second);
  await first.reload();
  await expect(first.getByLabel('Description')).toHaveValue('By the second.');
});

test('a draft is tried as three people, and nothing of it stays', async ({ as, page }) => {
  const key = keyOf('TRY');
  await published(page, key);
  const designer = await as(admin);
  await designer.goto(`/workflows/${key}/edit/try`);
  const who = designer.getByLabel('Who asks');
  await who.fill('asha');
  await designer.getByRole('option', { name: /Asha Rao/ }).click();
  await expect(designer.getByRole('heading', { name: 'Asha Rao asks' })).toBeVisible();
  await settled(designer);
  await accessible(designer, 'a draft before it is tried');
  await designer.getByRole('textbox', { name: 'What' }).fill('A lamp');
  await designer.getByRole('button', { name: 'Send it' }).click();
  // Her manager has it before him; through her eyes there is nothing to do.
  await expect(designer.getByRole('heading', { name: 'As Ravi Menon sees it' })).toBeVisible();
  await expect(designer.getByRole('button', { name: 'Approve' })).toBeEnabled();
  await settled(designer);
  await accessible(designer, 'a draft being tried');
  await designer.getByRole('button', { name: 'Approve' }).click();
  await expect(designer.getByText('Nobody has to act.')).toBeVisible();
  await expect(designer.getByText('3 of 3 steps, 1 of 1 ways.')).toBeVisible();
  await designer.getByRole('button', { name: 'Go back to before “Ravi Menon: Approve”' }).click();
  await expect(designer.getByRole('button', { name: 'Approve' })).toBeEnabled();

  const call = await acting(page, admin);
  const { items } = await call<{ items: unknown[] }>('runs.list', { filter: { view: 'all', workflow: key } });
  expect(items).toEqual([]);
});

test('steps are drawn in the outline by keyboard alone', async ({ as, page }) => {
  const key = keyOf('OUT');
  await published(page, key);
  const designer = await as(admin);
  await designer.goto(`/workflows/${key}/edit/outline`);
  const row = (name: RegExp) => designer.getByRole('list', { name: 'Steps' }).getByRole('button', { name });
  await row(/^Boss\. /).focus();
  await settled(designer);
  await accessible(designer, 'the outline');
  await designer.getByRole('button', { name: 'Add a step after Boss' }).focus();
  await designer.keyboard.press('Enter');
  await designer.getByRole('menuitem', { name: 'Department head' }).press('Enter');
  await expect(row(/^Department head\. /)).toBeFocused();
  await designer.keyboard.press('Enter');
  await expect(
    designer.getByRole('complementary', { name: 'Settings' }).getByRole('textbox', { name: 'Name' }),
  ).toBeFocused();
  await designer.keyboard.press('Control+A');
  await designer.keyboard.type('Head');
  await saved(designer);
  await row(/^Head\. /).focus();
  await designer.keyboard.press('ArrowUp');
  await expect(row(/^Approve, to Head$/)).toBeFocused();
  await row(/^Head\. /).press('Delete');
  await expect(row(/^Head\. /)).toBeHidden();
  await designer.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(row(/^Head\. /)).toBeVisible();
  await saved(designer);
});
