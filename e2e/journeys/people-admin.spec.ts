import type { Page } from '@playwright/test';
import { admin, asha, meera, org, type Person } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

test.slow();

/** Names and addresses of this run alone: the journeys share one organization, and may be repeated on it. */
const mark = Date.now().toString(36);
const person = (first: string, last: string): Person => ({
  name: `${first} ${last} ${mark}`,
  email: `${first}.${last}.${mark}@acme.example`.toLowerCase(),
});

/** What comes up under way, in light and dark as axe sees it. The pages as they open are in accessibility.spec. */
async function fine(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await accessible(page, `${name}, ${colorScheme}`);
  }
  await fits(page, name);
}

async function fits(page: Page, name: string): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(beyond, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Opens somebody from the list, as found by address. */
async function open(page: Page, who: Person): Promise<void> {
  await page.goto('/people');
  await page.getByLabel('Search people').fill(who.email);
  await expect(page).toHaveURL(/[?&]q=/);
  await page.getByRole('link', { name: who.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: who.name })).toBeVisible();
}

test('a person is added with what is wrong told at its field, signs in, and is changed', async ({
  as,
  browser,
  expected,
}) => {
  expected.add(422);
  const page = await as(admin);
  const boss = person('Bela', 'Bose');
  const clerk = person('Chitra', 'Dutta');

  await page.goto('/people');
  await page.getByRole('link', { name: 'Add a person' }).click();
  // What is missing is told at its field, and the first such field has the focus.
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByLabel('Name')).toBeFocused();
  await expect(page.getByText('Give the person’s name.')).toBeVisible();
  // What only the server knows as well.
  await page.getByLabel('Name').fill(boss.name);
  await page.getByLabel('Email').fill(asha.email);
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByText('Somebody else has this email address already.')).toBeVisible();
  await expect(page.getByLabel('Email')).toBeFocused();
  await fine(page, 'a form with an error');
  await page.getByLabel('Email').fill(boss.email);
  await page.getByLabel('Department').selectOption('Legal');
  await page.getByRole('combobox', { name: 'Designation' }).fill('Head of Paper');
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('heading', { level: 1, name: boss.name })).toBeVisible();

  await page.goto('/people/new');
  await page.getByLabel('Name').fill(clerk.name);
  await page.getByLabel('Email').fill(clerk.email);
  await page.getByRole('button', { name: 'Make one up' }).click();
  const password = await page.getByLabel('First password').inputValue();
  await page.getByRole('combobox', { name: 'Manager' }).fill(boss.email);
  await page.getByRole('option', { name: new RegExp(boss.name) }).click();
  await page.getByLabel('Days of leave left this year').fill('12');
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('heading', { level: 1, name: clerk.name })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: boss.name })).toBeVisible();

  const own = await browser.newContext();
  const device = await own.newPage();
  await device.goto(`/sign-in?org=${org}`);
  await device.getByLabel('Email').fill(clerk.email);
  await device.getByLabel('Password', { exact: true }).fill(password);
  await device.getByRole('button', { name: 'Sign in' }).click();
  await expect(device.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
  await own.close();

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('combobox', { name: 'Designation' }).fill('Clerk of Paper');
  await page.getByRole('checkbox', { name: 'Auditor' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${clerk.name} was changed.`)).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'Clerk of Paper' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Auditor' })).toBeVisible();
});

test('a person is disabled with what it affects, and enabled again', async ({ as }) => {
  const page = await as(admin);
  const boss = person('Harini', 'Bose');
  const clerk = person('Ishan', 'Dutta');
  await page.goto('/people/import');
  await page
    .getByLabel('The table as text')
    .fill(`email,name,manager\n${boss.email},${boss.name},\n${clerk.email},${clerk.name},${boss.email}\n`);
  await page.getByRole('button', { name: 'Check the table' }).click();
  await page.getByRole('button', { name: 'Import 2 people' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();

  await open(page, boss);
  await page.getByRole('button', { name: 'Disable' }).click();
  const dialog = page.getByRole('dialog');
  const affects = dialog.getByRole('list', { name: 'What this affects' });
  await expect(affects).toContainText('1 person reports to them');
  await expect(affects).toContainText(clerk.name);
  await fine(page, 'disabling');
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(`${boss.name} can no longer sign in.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Disable' })).toHaveCount(0);

  await page.goto(`/people?status=disabled&q=${boss.email}`);
  await expect(page.getByRole('row', { name: new RegExp(boss.name) })).toContainText('Disabled');
  await page.goto(`/people?status=active&q=${boss.email}`);
  await expect(page.getByRole('heading', { name: `Nobody matches “${boss.email}”` })).toBeVisible();
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await open(page, boss);
  await page.getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText(`${boss.name} can sign in again.`)).toBeVisible();
});

test('a table is looked at, mended and imported', async ({ as }) => {
  const page = await as(admin);
  const nina = person('Nina', 'Das');
  const otto = person('Otto', 'Lal');
  await page.goto('/people/import');
  const template = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download a template' }).click();
  expect((await template).suggestedFilename()).toBe('people.csv');

  const head = 'email,name,manager,department,leave_balance\n';
  const first = `${nina.email},${nina.name},${otto.email},ENG,14\n`;
  await page.getByLabel('The table as text').fill(`${head}${first}${otto.email},${otto.name},,NOWHERE,many\n`);
  await page.getByRole('button', { name: 'Check the table' }).click();
  await expect(page.getByRole('alert')).toContainText('One row cannot be used');
  const rows = page.getByRole('table', { name: 'Rows of the table' });
  await expect(rows.getByRole('row', { name: new RegExp(otto.name) })).toContainText(
    'There is no department "NOWHERE".',
  );
  await expect(rows.getByRole('row', { name: new RegExp(nina.name) })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await fine(page, 'a table with errors');

  // The mended table comes as a file, as an older spreadsheet writes it.
  await page.getByRole('button', { name: 'Back to the table' }).click();
  const mended = `${head}${first}${otto.email},${otto.name.replace('Otto', 'Ottó')},,ENG,9\n`;
  await page.getByLabel('CSV file').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(mended, 'latin1'),
  });
  await expect(page.getByText('2 people to add.')).toBeVisible();
  await expect(rows.getByRole('row', { name: new RegExp(nina.name) })).toContainText('Ottó Lal');
  await page.getByRole('button', { name: 'Import 2 people' }).click();
  await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
  await page.getByRole('link', { name: 'Show people' }).click();
  await page.getByLabel('Search people').fill(nina.email);
  await expect(page.getByRole('row', { name: new RegExp(nina.name) })).toContainText('Ottó Lal');
  await expect(page).toHaveURL(/q=nina/);
});

test('departments and roles are made, given and taken away', async ({ as, expected }) => {
  expected.add(422);
  const page = await as(admin);
  await page.goto('/people/departments');
  await page.getByRole('button', { name: 'Add a department' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Human Resources');
  await dialog.getByRole('button', { name: 'Add department' }).click();
  await expect(dialog.getByText('Another department has this key already.')).toBeVisible();
  await dialog.getByLabel('Name').fill(`Archive ${mark}`);
  await dialog.getByLabel('Key').fill(`AR${mark}`);
  await dialog.getByRole('button', { name: 'Add department' }).click();
  await page.getByRole('button', { name: `Edit Archive ${mark}` }).click();
  await dialog.getByLabel('Name').fill(`Archives ${mark}`);
  await dialog.getByRole('combobox', { name: 'Head' }).fill('meera');
  await page.getByRole('option', { name: new RegExp(meera.name) }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row', { name: new RegExp(`Archives ${mark}`) });
  await expect(row).toContainText(meera.name);
  await expect(row).toContainText('0 people');

  await page.goto('/people/roles');
  await expect(page.getByRole('row', { name: /See every request of the organization/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Add a role' }).click();
  await dialog.getByLabel('Name').fill(`Archivist ${mark}`);
  await dialog.getByRole('checkbox', { name: 'See every request of the organization' }).check();
  await fine(page, 'a new role');
  await dialog.getByRole('button', { name: 'Add role' }).click();
  await expect(dialog).toHaveCount(0);
  await page
    .getByRole('link', { name: `Archivist ${mark}` })
    .filter({ visible: true })
    .click();
  await page.getByRole('button', { name: 'Give this role' }).click();
  await dialog.getByText('A department', { exact: true }).click();
  await dialog.getByLabel('Everybody in the department').selectOption(`Archives ${mark}`);
  await dialog.getByRole('button', { name: 'Give', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Give this role' }).click();
  await dialog.getByRole('combobox', { name: 'Person' }).fill('asha');
  await page.getByRole('option', { name: new RegExp(asha.name) }).click();
  await dialog.getByRole('button', { name: 'Give', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  const given = page.getByRole('table', { name: /Who has the role/ });
  await expect(given.getByRole('row', { name: /Archives/ })).toContainText('Everybody in this department');
  await fine(page, 'a role');
  await given.getByRole('button', { name: new RegExp(`from ${asha.name}`) }).click();
  await expect(given.getByRole('row', { name: new RegExp(asha.name) })).toHaveCount(0);
  await expect(given.getByRole('row', { name: /Archives/ })).toBeVisible();

  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await dialog.getByRole('checkbox', { name: 'Draft workflows and forms' }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Draft workflows and forms' })).toBeVisible();
});

test('an attribute is added and stands in the form of a person', async ({ as }) => {
  const page = await as(admin);
  await page.goto('/people/attributes');
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Label').fill(`Keys held ${mark}`);
  await dialog.getByLabel('Holds').selectOption('Number');
  await dialog.getByRole('button', { name: 'Add attribute' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`Keys held ${mark}`) })).toContainText(
    `user.keys_held_${mark}`,
  );
  await page.goto('/people/new');
  await page.getByLabel('Name').fill('X');
  await page.getByLabel('Email').fill('x@acme.example');
  await page.getByLabel(`Keys held ${mark}`).fill('several');
  await page.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByText('Give a number.')).toBeVisible();
  await expect(page.getByLabel(`Keys held ${mark}`)).toBeFocused();
});

test('the reporting lines are gone through without a mouse', async ({ as }) => {
  const page = await as(admin);
  await page.goto('/people/tree');
  const tree = page.getByRole('tree', { name: 'Who reports to whom' });
  const at = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  await expect(at('Vikram Malhotra')).toBeVisible();

  await page.getByRole('button', { name: 'Close all' }).focus();
  await page.keyboard.press('Enter');
  await expect(at('Farah Khan')).toHaveCount(0);
  await page.getByRole('link', { name: 'Open', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(at('Vikram Malhotra')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(at('Vikram Malhotra')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(at('Farah Khan')).toBeFocused();
  await page.keyboard.type('lak');
  await expect(at('Lakshmi Narayanan')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(at('Vikram Malhotra')).toHaveAttribute('aria-expanded', 'false');

  // Found by a word, wherever it hides; Enter opens the person, and the way back leads to the place.
  await page.getByLabel('Find in the lines').fill('asha ra');
  await expect(at('Asha Rao')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Managers' })).toContainText('Ravi Menon');
  await at('Asha Rao').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: asha.name })).toBeVisible();
  await page.goBack();
  await expect(at('Asha Rao')).toHaveAttribute('aria-selected', 'true');
});

test('everything fits a phone', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 360, height: 740 }, hasTouch: true });
  for (const [path, ready] of [
    ['/people', 'Farah Khan'],
    ['/people/new', 'First password'],
    ['/people/import', 'Check the table'],
    ['/people/tree', 'Vikram Malhotra'],
    ['/people/departments', 'Human Resources'],
    ['/people/roles', 'Built in'],
    ['/people/attributes', 'Cost center'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible();
    await settled(page);
    await fits(page, path);
  }
  await page.goto('/people/tree');
  const vikram = page.getByRole('treeitem', { name: /^Vikram Malhotra,/ });
  await vikram.getByText('Vikram Malhotra').tap();
  await expect(vikram).toHaveAttribute('aria-expanded', 'false');
  await vikram.getByText('Vikram Malhotra').tap();
  await expect(page.getByRole('treeitem', { name: /^Farah Khan,/ })).toBeVisible();
});

test('who may not change people is offered nothing of it', async ({ as, expected }) => {
  expected.add(403);
  const page = await as(asha);
  await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0);
  await page.goto('/people/tree');
  await expect(page.getByRole('treeitem', { name: /^Vikram Malhotra,/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open', exact: true })).toHaveCount(0);
  await page.goto('/people/departments');
  await expect(page.getByRole('row', { name: /Human Resources/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /Add|Edit/ })).toHaveCount(0);
  await page.goto('/people/roles');
  await expect(page.getByRole('row', { name: /See every request/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a role' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Auditor' })).toHaveCount(0);
  await page.goto('/people');
  await expect(page.getByRole('heading', { name: 'The list of people is not open to you' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Add a person|Import/ })).toHaveCount(0);
});
