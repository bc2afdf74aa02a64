import { asha, meera, ravi } from './people.ts';
import { askForLeave, daysAfter, expect, monday, openFromInbox, test } from './test.ts';

test('a leave application is signed by three people', async ({ as }) => {
  const employee = await as(asha);
  const from = monday(3);
  const number = await askForLeave(employee, from, daysAfter(from, 1), 'A wedding in the family');
  await expect(employee.getByText(ravi.name).first()).toBeVisible();

  // The manager enters what the step asks for and chooses who in HR gets it.
  const manager = await as(ravi);
  await openFromInbox(manager, number);
  await expect(manager.getByText('A wedding in the family')).toBeVisible();
  await manager.getByRole('button', { name: /^Approve/ }).click();
  await expect(manager.getByRole('alert')).toContainText('One thing needs to be corrected');
  await manager
    .getByRole('radiogroup', { name: /project is critical/ })
    .getByLabel('No')
    .check();
  await manager.getByRole('button', { name: /^Approve/ }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByLabel(/Assign HR to/).fill('meera');
  await manager.getByRole('option', { name: new RegExp(meera.name) }).click();
  await dialog.getByLabel('Comment').fill('Enjoy the wedding.');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(manager.getByText(`${number} is with ${meera.name} now.`).first()).toBeVisible();

  // What was decided is gone from the inbox.
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Inbox/ }).click();
  await expect(manager.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await expect(manager.getByRole('listitem').filter({ hasText: number })).toHaveCount(0);

  const hr = await as(meera);
  await openFromInbox(hr, number);
  await expect(hr.getByText('Enjoy the wedding.').first()).toBeVisible();
  await hr.getByLabel(/Days booked/).fill('2');
  await hr.getByRole('button', { name: 'Book and approve' }).click();
  await hr.getByRole('dialog').getByRole('button', { name: 'Book and approve' }).click();
  await expect(hr.getByText(`${number} is approved.`).first()).toBeVisible();

  await employee.reload();
  await expect(employee.getByRole('heading', { level: 1 })).toContainText('Approved');
  await expect(employee.getByText('Ravi Menon approved it')).toBeVisible();
  await expect(employee.getByRole('group', { name: 'Your decision' })).toHaveCount(0);
});

test('a request is sent back, corrected, sent again and rejected', async ({ as }) => {
  const employee = await as(asha);
  const from = monday(5);
  const number = await askForLeave(employee, from, daysAfter(from, 3), 'A long weekend');

  const manager = await as(ravi);
  await openFromInbox(manager, number);
  await manager.getByRole('button', { name: 'Send back' }).click();
  const back = manager.getByRole('dialog');
  if (await back.getByRole('radio').count()) await back.getByLabel('the requester').check();
  await back.getByRole('button', { name: 'Send back' }).click();
  await expect(back.getByText('Say why.')).toBeVisible();
  await back.getByLabel('What has to be corrected').fill('Two days are enough.');
  await back.getByRole('button', { name: 'Send back' }).click();
  await expect(manager.getByText(`${number} is with ${asha.name} now.`).first()).toBeVisible();

  await openFromInbox(employee, number);
  await expect(employee.getByText('Two days are enough.').first()).toBeVisible();
  await employee.getByLabel(/^Last day/).fill(daysAfter(from, 1));
  await employee.getByRole('button', { name: 'Submit again' }).click();
  await employee.getByRole('dialog').getByRole('button', { name: 'Submit again' }).click();
  await expect(employee.getByText(`${number} is with ${ravi.name} now.`).first()).toBeVisible();

  await openFromInbox(manager, number);
  await expect(manager.getByText('round 2')).toBeVisible();
  await manager.getByRole('button', { name: 'Reject' }).click();
  const reject = manager.getByRole('dialog');
  await reject.getByRole('button', { name: 'Reject' }).click();
  await expect(reject.getByText('Say why.')).toBeVisible();
  await reject.getByLabel('Reason').fill('The release is that week.');
  await reject.getByRole('button', { name: 'Reject' }).click();
  await expect(manager.getByText(`${number} is rejected.`).first()).toBeVisible();

  await employee.reload();
  await expect(employee.getByRole('heading', { level: 1 })).toContainText('Rejected');
  await expect(employee.getByText('The release is that week.').first()).toBeVisible();
});

test('who comes second is told who was faster', async ({ as, expected }) => {
  expected.add(409);
  const from = monday(7);
  const number = await askForLeave(await as(asha), from, from, 'One day');
  const first = await as(ravi);
  const second = await as(ravi);
  // Whoever hears of changes at once has nothing left to decide; this device does not.
  await second.route('**/api/v1/events.stream', (route) => route.abort());
  await openFromInbox(first, number);
  await openFromInbox(second, number);
  for (const page of [first, second]) {
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Not that day.');
  }
  await first.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await expect(first.getByText(`${number} is rejected.`).first()).toBeVisible();
  await second.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  // Both devices are Ravi's, and said the same.
  const overtaken = second.getByRole('dialog');
  await expect(overtaken).toContainText('You did this already');
  await expect(overtaken).toContainText('Ravi Menon rejected it in Manager');
  await expect(overtaken.getByText('was not sent')).toHaveCount(0);
  await overtaken.getByRole('button', { name: 'Close' }).last().click();
  await expect(second.getByRole('heading', { level: 1 })).toContainText('Rejected');
});
