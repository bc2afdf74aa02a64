import { admin, asha, ravi } from './people.ts';
import { accessible, askForLeave, daysAfter, expect, monday, openFromInbox, settled, test } from './test.ts';

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
  await back.getByLabel('What has to be corrected').fill('Which home?');
  await back.getByRole('button', { name: 'Send back' }).click();
  await expect(back).toHaveCount(0);
  await expect(employee.getByText('Which home?').first()).toBeVisible();
  await expect(employee.getByRole('button', { name: 'Submit again' }).first()).toBeVisible();
});

test('what is written is not lost when somebody is faster', async ({ as }) => {
  test.slow();
  const from = monday(33);
  const number = await askForLeave(await as(asha), from, from, 'Overtaken');
  const [manager, other] = [await as(ravi), await as(admin)];
  await manager.goto(`/inbox?q=${number}`);
  await manager.keyboard.press('j');
  await expect(manager.getByRole('group', { name: 'Your decision' })).toBeVisible();
  await manager.keyboard.press('r');
  const dialog = manager.getByRole('dialog');
  await dialog.getByLabel(/^Reason/).fill('Half of the team is away that week.');

  await other.goto(`/runs/${number}`);
  await other.getByRole('button', { name: 'More about this request' }).click();
  await other.getByRole('menuitem', { name: 'Cancel the request' }).click();
  await other
    .getByRole('dialog')
    .getByLabel(/^Reason/)
    .fill('Asked for twice.');
  await other.getByRole('dialog').getByRole('button', { name: 'Cancel the request' }).click();

  await expect(dialog).toContainText('Somebody was faster');
  await expect(dialog).toContainText('Nandini Shah cancelled the request just now. What you wrote was not sent.');
  await expect(dialog.getByLabel('What you wrote')).toHaveValue('Half of the team is away that week.');
  // A key in the middle of a word presses nothing.
  await manager.keyboard.press('Space');
  await expect(dialog).toBeVisible();
  await accessible(manager, 'overtaken');
  await dialog.getByRole('button', { name: 'Send as a comment' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(manager.getByText('Sent as a comment.').first()).toBeVisible();
  await expect(manager.getByRole('list', { name: 'My tasks' })).toHaveCount(0);
  const history = other.getByRole('complementary', { name: 'History' });
  await expect(history).toContainText('Half of the team is away that week.');
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
