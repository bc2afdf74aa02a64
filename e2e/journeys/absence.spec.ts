import { ishita, karan } from './people.ts';
import { accessible, daysAfter, expect, monday, signIn, test } from './test.ts';

test('who will be away says who decides meanwhile, changes it and takes it back', async ({ page }) => {
  await signIn(page, karan);
  await page.goto('/account');
  await expect(page.getByText('You are here.')).toBeVisible();
  await page.getByRole('button', { name: 'Add an absence' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an absence' });
  const first = monday(60);
  await dialog.getByLabel('First day away').fill(first);
  await dialog.getByLabel('Last day away').fill(daysAfter(first, -1));
  await expect(dialog.getByText('The last day is before the first.')).toBeVisible();
  await dialog.getByLabel('Last day away').fill(daysAfter(first, 4));
  await dialog.getByLabel('Person').fill('Ishita');
  await page.getByRole('option', { name: new RegExp(ishita.name) }).click();
  await dialog.getByLabel('Only below an amount').fill('500');
  await dialog.getByLabel('Note').fill('Trekking');
  await accessible(page, 'absence');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Trekking')).toBeVisible();
  await expect(page.getByText('every request, below 500')).toBeVisible();

  await page.getByRole('button', { name: /^Change the absence/ }).click();
  const change = page.getByRole('dialog', { name: 'Change the absence' });
  await expect(change.getByLabel('Last day away')).toHaveValue(daysAfter(first, 4));
  await change.getByLabel('Last day away').fill(daysAfter(first, 11));
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(change).toBeHidden();

  await page.getByRole('button', { name: /^Delete the absence/ }).click();
  await expect(page.getByText('You are here.')).toBeVisible();
});
