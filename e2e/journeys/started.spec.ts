import { acting, decide, type Stood } from './api.ts';
import { geeta, george, manoj } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

test.slow();

const divya = { name: 'Divya Shetty', email: 'divya.shetty@acme.example' };

test('a transfer asks for access by itself, waits for it, and goes on with what came of it', async ({ as, page }) => {
  const start = await acting(page, divya);
  const person = async (name: string) =>
    (await start<{ items: { id: string }[] }>('people.search', { query: name })).items[0]?.id;
  const { number } = await start<Stood>('runs.start', {
    workflow: 'TRANSFER',
    values: {
      new_team: 'IT',
      new_manager: await person(george.name),
      from: '2030-01-07',
      reason: 'I want to run the systems behind the plants.',
      training_done: true,
      systems: [{ system: 'erp', access: 'read', owner: await person(geeta.name) }],
    },
  });
  await decide(page, manoj, number, 'manager', 'release', { handed_over: 'It is written down.' });

  // Whoever lets it go on sees what that starts, and then that it waits.
  const manager = await as(george);
  await manager.goto(`/runs/${number}`);
  const where = manager.getByRole('region', { name: 'Where it is' });
  await expect(where).toContainText('Access to the systems');
  await manager.getByRole('group', { name: 'Your decision' }).getByRole('button', { name: 'Welcome' }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Welcome' }).click();
  await expect(where).toContainText('Waits for');
  await expect(where).toContainText('IT access request');
  // He has no part in it: he reads how it stands, and no more.
  await expect(where.getByRole('link', { name: /ACCESS-/ })).toHaveCount(0);
  await settled(manager);
  await accessible(manager, 'a request that waits for another one');

  // The requester comes from one to the other and back, on a phone.
  const phone = await as(divya, { viewport: { width: 360, height: 740 }, hasTouch: true });
  await phone.goto(`/runs/${number}`);
  const link = phone.getByRole('region', { name: 'Where it is' }).getByRole('link', { name: /ACCESS-/ });
  const sub = (await link.textContent()) ?? '';
  await link.tap();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('erp');
  await expect(phone.getByText('part of')).toBeVisible();
  await expect(phone.getByRole('complementary', { name: 'History' })).toContainText(
    `Started for ${divya.name} by another request`,
  );
  await settled(phone);
  await accessible(phone, 'a request that another one started, on a phone');
  await phone.getByRole('link', { name: number }).tap();

  // It is refused there; here the outcome is told, and the new manager is asked what now.
  await decide(page, manoj, sub, 'manager', 'reject', undefined, 'Not before you are there.');
  await expect(where).toContainText('Without some access');
  const history = manager.getByRole('complementary', { name: 'History' });
  await expect(history).toContainText(`${sub} has ended: rejected`);
  await expect(history).toContainText('The request it started');
  await settled(manager);
  await accessible(manager, 'a request whose other one has ended');
});
