import type { Page } from '@playwright/test';
import { acting, decide, type Stood } from './api.ts';
import { asha, kavita, ravi } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

test.slow();

const bar = (page: Page) => page.getByRole('group', { name: 'Your decision' });

test('who approved something else is asked again, and the request waits for it', async ({ as, page }) => {
  const start = await acting(page, asha);
  const owner = await start<{ items: { id: string }[] }>('people.search', { query: kavita.name });
  const { number } = await start<Stood>('runs.start', {
    workflow: 'ACCESS',
    values: {
      system: 'erp',
      owner: owner.items[0]?.id,
      access: 'read',
      reason: 'I reconcile the invoices this quarter.',
      training_done: true,
    },
  });
  await decide(page, ravi, number, 'manager', 'approve');

  // Who changes it is told beforehand whom that asks again.
  const changing = await as(kavita);
  await changing.goto(`/runs/${number}`);
  await changing.getByRole('radio', { name: 'Read and write' }).check();
  await changing
    .getByRole('radiogroup', { name: /Fewer rights/ })
    .getByRole('radio', { name: 'Yes' })
    .check();
  await bar(changing).getByRole('button', { name: 'Approve' }).click();
  const dialog = changing.getByRole('dialog');
  await expect(dialog).toContainText(`${ravi.name} decided on what you changed and is asked again before it goes on`);
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(changing.getByText(`${number} is with ${ravi.name} now.`).first()).toBeVisible();
  const history = changing.getByRole('complementary', { name: 'History' });
  await expect(history).toContainText(`The decision of ${ravi.name} in Manager does not count any more`);
  await expect(history).toContainText(`${ravi.name} is asked again for Manager`);
  const path = changing.getByRole('navigation', { name: 'Path' });
  await expect(path.locator('[aria-current="step"]')).toHaveText(/Manager/);
  await settled(changing);
  await accessible(changing, 'a request that waits');

  // Who is asked again reads why, on a phone, and lets it go on.
  const manager = await as(ravi, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await manager.goto(`/runs/${number}`);
  await expect(manager.getByText(`${kavita.name} changed Rights after it was decided here`)).toBeVisible();
  await settled(manager);
  await accessible(manager, 'asked again, on a phone');
  await bar(manager).getByRole('button', { name: 'Approve' }).tap();
  await manager.getByRole('dialog').getByRole('button', { name: 'Approve' }).tap();
  await expect(manager.getByRole('region', { name: 'Where it is' })).toContainText('IT');
  await expect(manager.getByRole('group', { name: 'Your decision' })).toHaveCount(0);
});
