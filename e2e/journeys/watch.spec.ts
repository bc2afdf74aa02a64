import type { Page } from '@playwright/test';
import { admin, asha, kavita, meera, ravi, vivek } from './people.ts';
import { accessible, askForLeave, daysAfter, expect, monday, settled, test } from './test.ts';

const watching = (page: Page) => page.getByRole('list', { name: 'Watching' });

/** How a page looks in the four ways it is looked at. */
async function looks(page: Page, name: string): Promise<void> {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await settled(page);
      await accessible(page, `${name}, ${colorScheme}, ${width} px`, colorScheme === 'dark' ? 'colours' : 'everything');
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await expect(page.locator('html')).toHaveJSProperty('scrollWidth', width);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('who watches a request sees what becomes of it', async ({ as }) => {
  test.slow();
  const from = monday(47);
  const number = await askForLeave(await as(asha), from, daysAfter(from, 1), 'To be watched');
  const watcher = await as(admin);
  await watcher.goto('/inbox?view=watching');
  await expect(watcher.getByRole('link', { name: 'Watching' })).toBeVisible();
  await expect(watching(watcher).getByText(number)).toHaveCount(0);

  await watcher.goto(`/runs/${number}`);
  await expect(watcher.getByRole('button', { name: 'Watch this request' })).toBeVisible();
  await watcher.keyboard.press('w');
  await expect(watcher.getByRole('button', { name: 'Watching this request: stop' })).toBeVisible();
  await expect(watcher.getByText(`Also watched by ${admin.name}`)).toBeVisible();
  await looks(watcher, 'watched');

  // What somebody else decides appears in the list that nobody touches.
  await watcher.goto('/inbox?view=watching');
  const line = watching(watcher).getByRole('listitem').filter({ hasText: number });
  await expect(line).toContainText(ravi.name);
  await looks(watcher, 'watching');
  const manager = await as(ravi);
  await manager.goto(`/runs/${number}`);
  await manager.getByRole('radio', { name: 'Yes' }).check();
  await manager.getByRole('button', { name: /^Approve/ }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /Assign HR to/ }).fill(meera.name);
  await manager.getByRole('option', { name: new RegExp(meera.name) }).click();
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(line).toContainText(meera.name);

  // Found by its words, and left by the palette.
  await watcher.goto(`/runs/${number}`);
  await expect(watcher.getByRole('button', { name: 'Watching this request: stop' })).toBeVisible();
  await watcher.keyboard.press('Control+k');
  await watcher.getByRole('combobox', { name: 'Go to, start or find' }).fill('stop watching');
  await watcher.getByRole('option', { name: `Stop watching ${number}` }).click();
  await expect(watcher.getByRole('button', { name: 'Watch this request' })).toBeVisible();
  await watcher.goto('/inbox?view=watching');
  await settled(watcher);
  await expect(watcher.getByText(number)).toHaveCount(0);
});

test('who takes part lets somebody else see the request, and a stranger does not', async ({ as, expected }) => {
  test.slow();
  expected.add(404);
  const from = monday(48);
  const employee = await as(asha);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'To be shared');
  const [colleague, stranger] = [await as(kavita), await as(vivek)];
  const nothing = (page: Page) => page.getByText('There is no such request, or you may not see it.');
  await colleague.goto(`/runs/${number}`);
  await expect(nothing(colleague)).toBeVisible();

  await employee.getByRole('button', { name: 'Add somebody' }).click();
  const dialog = employee.getByRole('dialog', { name: 'Add somebody' });
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText('Choose a person.')).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Whom' }).fill(kavita.name.slice(0, 6));
  await employee.getByRole('option', { name: new RegExp(kavita.name) }).click();
  await dialog.getByLabel('What for').fill('For your planning.');
  await looks(employee, 'add-somebody');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(employee.getByText(`${kavita.name} can see this request now.`).first()).toBeVisible();
  const people = employee.getByRole('listitem').filter({ hasText: `Added by ${asha.name}` });
  await expect(people).toContainText(kavita.name);
  await expect(employee.getByRole('complementary', { name: 'History' })).toContainText(
    `${asha.name} added ${kavita.name}`,
  );
  await looks(employee, 'added');

  // She sees and comments; a stranger still learns nothing.
  await colleague.reload();
  await expect(colleague.getByRole('heading', { level: 1 })).toContainText('Asha Rao');
  await expect(colleague.getByRole('group', { name: 'Your decision' })).toHaveCount(0);
  await colleague.getByRole('textbox', { name: 'Comment' }).fill('Noted.');
  await colleague.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(employee.getByText('Noted.').first()).toBeVisible();
  await stranger.goto(`/runs/${number}`);
  await expect(nothing(stranger)).toBeVisible();

  await employee.getByRole('button', { name: `Take ${kavita.name} off the request` }).click();
  await expect(people).toHaveCount(0);
  await colleague.reload();
  await expect(nothing(colleague)).toBeVisible();
});
