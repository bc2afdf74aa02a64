import { asha, ravi } from './people.ts';
import { askForLeave, daysAfter, expect, monday, openFromInbox, settled, test } from './test.ts';

test('what others do appears by itself', async ({ as }) => {
  const manager = await as(ravi);
  await manager.goto('/inbox');
  await expect(manager.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();

  // A new request comes into the inbox nobody touches.
  const employee = await as(asha);
  const from = monday(31);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'A visit at home');
  await expect(manager.getByRole('listitem').filter({ hasText: number })).toBeVisible();

  // The requester watches her request being sent back.
  await openFromInbox(manager, number);
  await manager.getByRole('button', { name: 'Send back' }).click();
  const back = manager.getByRole('dialog');
  if (await back.getByRole('radio').count()) await back.getByLabel('the requester').check();
  await back.getByLabel('What has to be corrected').fill('Which home?');
  await back.getByRole('button', { name: 'Send back' }).click();
  await expect(back).toHaveCount(0);
  await expect(employee.getByText('Which home?').first()).toBeVisible();
  await expect(employee.getByRole('button', { name: 'Submit again' }).first()).toBeVisible();
});

test('a lost connection is said, and made good when it is back', async ({ as }) => {
  const employee = await as(asha);
  await employee.goto('/inbox');
  await expect(employee.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await settled(employee);
  const sign = employee.getByText('No connection. What you see may be old.');
  await expect(sign).toHaveCount(0);
  await employee.context().setOffline(true);
  await expect(sign).toBeVisible();
  await employee.context().setOffline(false);
  await expect(sign).toHaveCount(0);
});
