import type { Locator, Page } from '@playwright/test';
import { acting, type Stood } from './api.ts';
import { admin, bala, harpreet, manoj, type Person } from './people.ts';
import { accessible, daysAfter, expect, monday, settled, test } from './test.ts';

test.slow();

/** Bala asks for leave, which Harpreet has to decide. */
async function asked(page: Page, weeks: number, reason: string): Promise<string> {
  const start = await acting(page, bala);
  const day = monday(weeks);
  const { number } = await start<Stood>('runs.start', {
    workflow: 'LEAVE',
    values: { leave_type: 'annual', leave_from: day, leave_to: daysAfter(day, 1), reason },
  });
  return number;
}

async function choose(dialog: Locator, who: Person): Promise<void> {
  const box = dialog.getByRole('combobox', { name: 'To' });
  await box.fill(who.name);
  await dialog
    .page()
    .getByRole('option', { name: new RegExp(who.name) })
    .click();
}

test('whoever leaves hands the tasks over first, with a look at each', async ({ as, page }) => {
  const [one, two] = [await asked(page, 60, 'A wedding'), await asked(page, 62, 'A move')];
  const operator = await as(admin);
  await operator.goto(`/people?q=${harpreet.email}`);
  await operator.getByRole('link', { name: harpreet.name }).first().click();
  await operator.getByRole('button', { name: 'Disable' }).click();
  await operator.getByRole('dialog').getByRole('button', { name: 'Hand the tasks over first…' }).click();
  const dialog = operator.getByRole('dialog', { name: `Hand over the tasks of ${harpreet.name}` });

  // Nobody decides his own request: said before anything is done.
  await choose(dialog, bala);
  const list = dialog.getByRole('list', { name: 'What becomes of each task' });
  await expect(list.getByRole('listitem').filter({ hasText: one })).toContainText('Would stay: Nobody decides his own');
  await accessible(operator, 'handing over, refused');

  await choose(dialog, manoj);
  await expect(list.getByRole('listitem').filter({ hasText: two })).toContainText('Would be handed over.');
  await dialog.getByLabel('Reason').fill('Harpreet moves to another site.');
  await accessible(operator, 'handing over');
  await dialog.getByRole('button', { name: /^Hand over \d+ tasks$/ }).click();
  await expect(operator.getByText(/tasks were handed over\./).first()).toBeVisible();

  // Back where it began: nothing is left behind, and nobody was disabled by that.
  const disable = operator.getByRole('dialog', { name: `Disable ${harpreet.name}` });
  await expect(disable.getByRole('list', { name: 'What this affects' })).not.toContainText('open task');
  await disable.getByRole('button', { name: 'Cancel' }).click();

  const next = await as(manoj, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await next.goto(`/runs/${one}`);
  await settled(next);
  await expect(next.getByRole('complementary', { name: 'History' })).toContainText('Harpreet moves to another site.');
  await expect(next.getByRole('group', { name: 'Your decision' })).toBeVisible();
});
