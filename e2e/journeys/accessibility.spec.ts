import type { Page } from '@playwright/test';
import { admin, asha, meera, nikhil, ravi } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

// axe looks at every element four times; a busy machine takes its time for that.
test.slow();

/** As screens are looked at: by day and by night, at a desk and on a phone. */
const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ].map((size) => ({ colorScheme, size, name: `${colorScheme}, ${size.width} px` })),
);

async function inEveryLook(page: Page, name: string, before?: () => Promise<void>): Promise<void> {
  for (const look of looks) {
    await page.setViewportSize(look.size);
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await before?.();
    // At the end of the page the bar of acts covers nothing.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    // By night only the colours are others.
    await accessible(page, `${name}, ${look.name}`, look.colorScheme === 'dark' ? 'colours' : 'everything');
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond, `${name} scrolls sideways in ${look.name}`).toBeLessThanOrEqual(0);
  }
}

/** Every screen with the person who has most to see there. `ready` appears once it is whole. */
const screens = [
  { name: 'landing', who: meera, path: '/', ready: 'Leave application' },
  { name: 'landing, nothing found', who: asha, path: '/?q=nothing+at+all', ready: 'No workflow matches' },
  { name: 'workflow', who: meera, path: '/workflows/EXPENSE', ready: 'Steps' },
  { name: 'runs of a workflow', who: admin, path: '/workflows/LEAVE/runs', ready: 'Runs of' },
  { name: 'start leave', who: asha, path: '/workflows/LEAVE/start', ready: 'What happens next' },
  { name: 'start expense', who: asha, path: '/workflows/EXPENSE/start', ready: 'What happens next' },
  { name: 'inbox', who: ravi, path: '/inbox', ready: 'My tasks' },
  { name: 'to claim', who: meera, path: '/inbox?view=claimable', ready: 'To claim' },
  { name: 'my team', who: ravi, path: '/inbox?view=team', ready: 'My team' },
  { name: 'all I may see', who: admin, path: '/inbox?view=all', ready: 'All requests' },
  { name: 'my requests', who: asha, path: '/inbox?view=requests', ready: 'My requests' },
  { name: 'drafts', who: asha, path: '/inbox?view=drafts', ready: 'Drafts' },
  { name: 'people', who: admin, path: '/people', ready: 'Farah Khan' },
  { name: 'a new person', who: admin, path: '/people/new', ready: 'First password' },
  { name: 'import of people', who: admin, path: '/people/import', ready: 'Check the table' },
  { name: 'reporting lines', who: admin, path: '/people/tree?q=asha', ready: 'Vikram Malhotra' },
  { name: 'departments', who: admin, path: '/people/departments', ready: 'Human Resources' },
  { name: 'roles', who: admin, path: '/people/roles', ready: 'Allows to' },
  { name: 'attributes', who: admin, path: '/people/attributes', ready: 'Cost center' },
  { name: 'account', who: asha, path: '/account', ready: 'Where you are signed in' },
  { name: 'nothing there', who: asha, path: '/no/such/page', ready: 'There is nothing at this address' },
  { name: 'a request that is none', who: asha, path: '/runs/LEAVE-999999', ready: 'was not found' },
];

for (const { name, who, path, ready } of screens) {
  test(`${name} is accessible in every look`, async ({ as, expected }) => {
    expected.add(404);
    const page = await as(who);
    await page.goto(path);
    await expect(page.getByText(ready).first()).toBeVisible();
    await settled(page);
    await inEveryLook(page, name);
  });
}

test('a request with something to decide, and its dialogs, are accessible in every look', async ({ as }) => {
  const page = await as(ravi);
  await page.goto('/inbox');
  await page.getByRole('list', { name: 'My tasks' }).getByRole('link').first().press('Enter');
  await page.waitForURL('**/runs/*');
  await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();
  await settled(page);
  await inEveryLook(page, 'request');
  await inEveryLook(page, 'dialog', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: 'Your decision' }).getByRole('button').nth(1).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
});

test('a form with errors is accessible in every look', async ({ as }) => {
  const page = await as(nikhil);
  await page.goto('/workflows/EXPENSE/start');
  await page.getByRole('button', { name: 'Add row' }).click();
  await page.getByRole('button', { name: 'Send request' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await inEveryLook(page, 'form with errors');
});

test('signing in is accessible in every look', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await inEveryLook(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await inEveryLook(page, 'sign-in with errors');
});

test('the editor of rules is accessible in every look, and by keyboard alone', async ({ as }) => {
  const page = await as(meera);
  await page.addInitScript(() => localStorage.setItem('handstamp.kit', 'on'));
  await page.goto('/kit');
  await expect(page.getByText(/people match now/).first()).toBeVisible();
  await settled(page);
  await accessible(page, 'rules in a panel', 'everything');

  await page.getByRole('button', { name: 'Edit rule: When it goes to the director' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'When it goes to the director' });
  await expect(dialog.getByText('In words:')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add a condition' }).last().focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Condition 4: what it looks at' })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toBeFocused();
  await inEveryLook(page, 'a rule that is not finished');
  await dialog.getByRole('button', { name: 'More for condition 4' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Remove condition 4' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Condition 3: what it looks at' })).toBeFocused();
  await dialog.getByText('Text', { exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'The rule as text' })).toHaveValue(
    /^form.days >= 5 && \(form.region in/,
  );
  await accessible(page, 'the text of a rule', 'everything');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Edit rule: When it goes to the director' })).toBeFocused();
});
