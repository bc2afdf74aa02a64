import type { Page } from '@playwright/test';
import { acting, type Stood } from './api.ts';
import { admin, bala, harpreet } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

test.slow();

const definition = (key: string, step: string, name: string, field: string) => `key: ${key}
name: Moving ${key}
group: IT
form: {fields: [{name: what, type: ${field}, label: What}]}
steps:
  - {id: ask, type: start}
  - {id: ${step}, type: task, name: ${name}, assignee: {strategy: manager}, transitions: [{id: ok, to: done, name: Approve, kind: approve}]}
  - {id: done, type: end, outcome: approved}
`;

/** A workflow with two requests under way, whose newer version calls the step of Harpreet otherwise. */
async function moving(page: Page, key: string): Promise<string[]> {
  const as = await acting(page, admin);
  await as('workflows.import', { yaml: definition(key, 'manager', 'Manager', 'text'), publish: true });
  const start = await acting(page, bala);
  const numbers: string[] = [];
  for (const what of ['A desk', 'A lamp']) {
    numbers.push((await start<Stood>('runs.start', { workflow: key, values: { what } })).number);
  }
  await as('workflows.import', { yaml: definition(key, 'head', 'Head of the team', 'text'), publish: true });
  return numbers;
}

test('requests under way are moved to a newer version, with a look at each', async ({ as, page }) => {
  const key = `MOVING${Date.now() % 1_000_000}`;
  const [one, two] = await moving(page, key);
  const boss = await as(admin, { viewport: { width: 360, height: 740 } });
  await boss.goto(`/workflows/${key}/runs`);
  await boss.getByRole('button', { name: 'Move runs to version 2…' }).click();
  const dialog = boss.getByRole('dialog', { name: 'Move requests to another version' });
  // Who thinks better of it goes on where he was.
  await expect(dialog).toBeVisible();
  await boss.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(boss.getByRole('button', { name: 'Move runs to version 2…' })).toBeFocused();
  await boss.keyboard.press('Enter');

  // First it is said what cannot be done, and why.
  const list = dialog.getByRole('list', { name: 'What becomes of each request' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list).toContainText('Would stay on its version: The request is at "Manager"');
  const move = dialog.getByRole('button', { name: /^Move/ });
  await expect(move).toBeDisabled();
  await settled(boss);
  await accessible(boss, 'moving requests, refused');

  await dialog.getByLabel('Instead of Manager').selectOption({ label: 'Head of the team' });
  await expect(list.getByRole('listitem').first()).toContainText(
    `Goes from Manager to Head of the team with ${harpreet.name}.`,
  );
  await dialog.getByLabel('Reason').fill('The team has a head now.');
  await settled(boss);
  await accessible(boss, 'moving requests');
  await expect(boss.locator('html')).toHaveJSProperty('scrollWidth', 360);
  await dialog.getByLabel('Reason').press('Tab');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await boss.keyboard.press('Tab');
  await expect(move).toHaveText('Move 2 requests');
  await boss.keyboard.press('Enter');
  await expect(boss.getByText('2 requests go on by version 2.').first()).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(boss.getByRole('button', { name: /Move runs to version/ })).toBeHidden();

  const holder = await as(harpreet);
  for (const number of [one, two]) {
    await holder.goto(`/runs/${number}`);
    await settled(holder);
    const history = holder.getByRole('complementary', { name: 'History' });
    await expect(history).toContainText(`${admin.name} moved this request from version 1 to version 2`);
    await expect(history).toContainText('The team has a head now.');
    await expect(holder.getByRole('group', { name: 'Your decision' })).toBeVisible();
  }
});
