import type { Locator, Page } from '@playwright/test';
import { acting, decide, type Stood } from './api.ts';
import {
  admin,
  asha,
  dev,
  farah,
  geeta,
  george,
  kavita,
  lakshmi,
  meera,
  neha,
  type Person,
  ravi,
  siddharth,
} from './people.ts';
import { accessible, askForLeave, daysAfter, expect, monday, openFromInbox, settled, test } from './test.ts';

// Several people sign in, and axe looks at every element: a busy machine takes its time for that.
test.slow();

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
const bar = (page: Page) => page.getByRole('group', { name: 'Your decision' });
const history = (page: Page) => page.getByRole('complementary', { name: 'History' });
const where = (page: Page) => page.getByRole('region', { name: 'Where it is' });

async function leave(employee: Page, weeks: number, reason: string): Promise<string> {
  const from = monday(weeks);
  return askForLeave(employee, from, daysAfter(from, 1), reason);
}

/** Chooses somebody in a dialog by typing the name. */
async function choose(dialog: Locator, label: string, who: Person): Promise<void> {
  const box = dialog.getByRole('combobox', { name: new RegExp(`^${label}`) });
  await box.click();
  await box.pressSequentially(who.name);
  await dialog
    .page()
    .getByRole('option', { name: new RegExp(who.name) })
    .click();
}

/** Opens one of the rarer acts. */
async function more(page: Page, act: string): Promise<Locator> {
  await bar(page).getByRole('button', { name: 'More acts' }).click();
  await page.getByRole('menuitem', { name: act }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

async function ofRequest(page: Page, act: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More about this request' }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

async function byNight(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await accessible(page, `${name}, dark`, 'colours');
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test('a question is asked, waited for and answered', async ({ as }) => {
  const [employee, manager, colleague] = [await as(asha), await as(ravi), await as(meera, phone)];
  const number = await leave(employee, 31, 'A question first');
  await openFromInbox(manager, number);
  const dialog = await more(manager, 'Ask for an opinion');
  await accessible(manager, 'dialog of a question');
  await choose(dialog, 'Whom', meera);
  await dialog.getByLabel(/^Your question/).fill('Has she enough days?');
  await dialog.getByLabel('I wait for the answer').check();
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(manager.getByText(`You wait for the answer of ${meera.name}`)).toBeVisible();
  await expect(bar(manager)).toHaveCount(0);
  await accessible(manager, 'request that waits for an answer');
  await byNight(manager, 'request that waits for an answer');

  await colleague.goto('/inbox');
  const line = colleague.getByRole('listitem').filter({ hasText: number });
  await expect(line).toContainText(`${ravi.name} asks for your opinion`);
  await line.getByRole('link').first().tap();
  await expect(colleague.getByText('Has she enough days?').first()).toBeVisible();
  await expect(colleague.getByRole('button', { name: 'Reject' })).toHaveCount(0);
  await accessible(colleague, 'question on a phone');
  await bar(colleague).getByRole('button', { name: 'Answer' }).tap();
  const answer = colleague.getByRole('dialog', { name: 'Answer' });
  await answer.getByRole('button', { name: 'Send the answer' }).tap();
  await expect(answer.getByText('Say why.')).toBeVisible();
  await answer.getByLabel(/^Your answer/).fill('Yes, sixteen.');
  await answer.getByRole('button', { name: 'Send the answer' }).tap();
  await expect(answer).toHaveCount(0);

  await manager.reload();
  await expect(history(manager)).toContainText(`${meera.name} answered in Manager`);
  await expect(history(manager)).toContainText('Yes, sixteen.');
  await expect(bar(manager)).toBeVisible();
});

test('one more approver is asked first, by keys alone, and can be withdrawn', async ({ as }) => {
  const [employee, manager] = [await as(asha), await as(ravi)];
  const number = await leave(employee, 32, 'Somebody else first');
  await openFromInbox(manager, number);
  await settled(manager); // a page that has just come takes the focus itself
  await bar(manager).getByRole('button', { name: 'More acts' }).focus();
  await manager.keyboard.press('Enter');
  await expect(manager.getByRole('menu')).toBeVisible();
  await manager.keyboard.press('ArrowDown');
  await expect(manager.getByRole('menuitem', { name: 'Ask for an opinion' })).toBeFocused();
  await manager.keyboard.press('ArrowDown');
  await manager.keyboard.press('Enter');
  const dialog = manager.getByRole('dialog', { name: 'Ask one more approver' });
  await dialog.getByRole('combobox', { name: /^Whom/ }).focus();
  await manager.keyboard.type(siddharth.name);
  await expect(manager.getByRole('option', { name: new RegExp(siddharth.name) })).toBeVisible();
  await manager.keyboard.press('Enter');
  await dialog.getByRole('radio', { name: 'at the same time' }).focus();
  await manager.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('radio', { name: 'before me' })).toBeChecked();
  await manager.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(manager.getByText(`Your turn comes after ${siddharth.name}`)).toBeVisible();
  await expect(history(manager)).toContainText(`${ravi.name} asked ${siddharth.name} to approve it first`);

  const other = await as(siddharth);
  await openFromInbox(other, number);
  await expect(other.getByText(`${ravi.name} asks you to decide it, too`)).toBeVisible();
  await expect(bar(other).getByRole('button', { name: /with others$/ })).toBeVisible();
  await expect(other.getByText('Decided together: Manager')).toBeVisible();
  await accessible(other, 'request of an added approver');

  await where(manager)
    .getByRole('button', { name: `Withdraw the approval of ${siddharth.name}` })
    .click();
  await expect(bar(manager)).toBeVisible();
});

test('a task is delegated, and history says for whom it was decided', async ({ as }) => {
  const [employee, manager, colleague] = [await as(asha), await as(ravi, phone), await as(siddharth)];
  const number = await leave(employee, 33, 'Decided by somebody else');
  await openFromInbox(manager, number);
  await bar(manager).getByRole('button', { name: 'More acts' }).tap();
  await manager.getByRole('menuitem', { name: 'Delegate' }).tap();
  const dialog = manager.getByRole('dialog', { name: 'Delegate' });
  await choose(dialog, 'To whom', siddharth);
  await dialog.getByLabel('Comment').fill('I am in the mountains.');
  await accessible(manager, 'dialog to delegate on a phone');
  await dialog.getByRole('button', { name: 'Delegate' }).tap();
  await expect(manager.getByText(`${siddharth.name} decides in your place.`).first()).toBeVisible();

  await colleague.goto('/inbox');
  const line = colleague.getByRole('listitem').filter({ hasText: number });
  await expect(line).toContainText(`on behalf of ${ravi.name}`);
  await line.getByRole('link').first().press('Enter');
  await expect(colleague.getByText('I am in the mountains.').first()).toBeVisible();
  await expect(bar(colleague)).toContainText(`You decide for ${ravi.name}`);
  await bar(colleague).getByRole('button', { name: 'Reject' }).click();
  await colleague
    .getByRole('dialog')
    .getByLabel(/^Reason/)
    .fill('Not now.');
  await colleague.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await expect(history(colleague)).toContainText(`${siddharth.name} for ${ravi.name} rejected it`);
});

test('sent back straight with one field to correct', async ({ as }) => {
  const [employee, manager] = [await as(asha, phone), await as(ravi)];
  const number = await leave(employee, 34, 'A typo in the days');
  await openFromInbox(manager, number);
  await bar(manager).getByRole('button', { name: 'Send back' }).click();
  const dialog = manager.getByRole('dialog', { name: 'Send back' });
  await dialog.getByLabel('straight to me').check();
  await dialog.getByRole('button', { name: 'Only certain fields…' }).click();
  await dialog.getByLabel('Reason', { exact: true }).check();
  await dialog.getByLabel(/^What has to be corrected/).fill('Say where to.');
  await accessible(manager, 'dialog to send back');
  await dialog.getByRole('button', { name: 'Send back' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(history(manager)).toContainText('to correct Reason; it then comes straight back');

  await employee.goto(`/runs/${number}`);
  await expect(employee.getByText('Only Reason can be changed. It then goes straight back to Manager.')).toBeVisible();
  await expect(employee.getByRole('textbox', { name: /^Reason/ })).toBeEditable();
  await expect(employee.locator('input[type="date"]')).toHaveCount(0);
  await accessible(employee, 'correction on a phone');
  await byNight(employee, 'correction on a phone');
  await employee.getByRole('textbox', { name: /^Reason/ }).fill('A trip to Pune');
  await bar(employee).getByRole('button', { name: 'Submit again' }).tap();
  await employee.getByRole('dialog').getByRole('button', { name: 'Submit again' }).tap();
  await expect(employee.getByText(`${number} is with ${ravi.name} now.`).first()).toBeVisible();
});

test('the requester recalls, sends again, reminds and withdraws', async ({ as }) => {
  const employee = await as(asha);
  const number = await leave(employee, 35, 'Maybe');
  await ofRequest(employee, 'Recall to change it');
  await employee.getByRole('dialog', { name: 'Recall' }).getByRole('button', { name: 'Recall' }).click();
  await expect(history(employee)).toContainText('recalled the request to change it');
  await employee.getByRole('textbox', { name: /^Reason/ }).fill('For sure');
  await bar(employee).getByRole('button', { name: 'Submit again' }).click();
  await employee.getByRole('dialog').getByRole('button', { name: 'Submit again' }).click();
  await expect(where(employee)).toContainText(ravi.name);

  await ofRequest(employee, 'Remind');
  await expect(employee.getByText(`${ravi.name} is reminded.`).first()).toBeVisible();
  await employee.getByRole('button', { name: 'More about this request' }).click();
  await expect(employee.getByRole('menuitem', { name: /^Reminded; again possible from/ })).toBeDisabled();
  await employee.keyboard.press('Escape');
  const manager = await as(ravi);
  await manager.goto(`/inbox?q=${number}`);
  await expect(manager.getByRole('listitem').filter({ hasText: number })).toContainText('Reminded');

  await ofRequest(employee, 'Withdraw');
  const dialog = employee.getByRole('dialog', { name: 'Withdraw' });
  await accessible(employee, 'dialog to withdraw');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await expect(employee.getByRole('heading', { level: 1 })).toContainText('Withdrawn');
  await ofRequest(employee, 'Start again');
  await employee.waitForURL(/\/workflows\/LEAVE\/start\?draft=/);
  await expect(employee.getByLabel(/^Reason/)).toHaveValue('For sure');
  await employee.goto('/inbox?view=requests');
  await expect(employee.getByRole('listitem').filter({ hasText: number })).toContainText('Withdrawn');
});

test('an administrator holds a request, lets it go on and takes a task over', async ({ as }) => {
  const [employee, operator] = [await as(asha, phone), await as(admin)];
  const number = await leave(employee, 36, 'During the audit');
  await operator.goto(`/runs/${number}`);
  await ofRequest(operator, 'Put on hold');
  const dialog = operator.getByRole('dialog', { name: 'Put on hold' });
  await dialog.getByLabel(/^Reason/).fill('Audit until Friday');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await expect(operator.getByText('On hold: nobody can act on it')).toBeVisible();

  await employee.goto(`/runs/${number}`);
  await expect(employee.getByRole('status').filter({ hasText: 'Audit until Friday' })).toContainText(admin.name);
  await settled(employee);
  await accessible(employee, 'held request on a phone');
  await byNight(employee, 'held request on a phone');

  await operator.getByRole('button', { name: 'Resume' }).click();
  await operator.getByRole('dialog', { name: 'Resume' }).getByRole('button', { name: 'Resume' }).click();
  await expect(operator.getByText('On hold: nobody can act on it')).toHaveCount(0);

  await ofRequest(operator, `Take over from ${ravi.name}`);
  const take = operator.getByRole('dialog', { name: `Take over from ${ravi.name}` });
  await take.getByLabel(/^Reason/).fill('Ravi is ill');
  await take.getByRole('button', { name: 'Take over' }).click();
  await expect(bar(operator)).toContainText(`You decide for ${ravi.name}`);
});

test('branches run side by side, and two directors decide', async ({ as, page }) => {
  const start = await acting(page, ravi);
  const owner = await start<{ items: { id: string; name: string }[] }>('people.search', { query: geeta.name });
  const { number } = await start<Stood>('runs.start', {
    workflow: 'PURCHASE',
    values: {
      subject: 'A cluster for tests',
      category: 'hardware',
      needed_by: monday(6),
      currency: 'EUR',
      items: [{ article: 'Node', quantity: 4, unit_price: 4000, line_total: 16000 }],
      supplier: 'Netweb',
      quotes: 3,
      justification: 'Load tests slow production down.',
      cost_center: 'ENG-1200',
      budget_owner: owner.items[0]?.id,
      deliver_to: 'office',
    },
  });
  await decide(page, geeta, number, 'budget_owner', 'approve', { budgeted: true });
  await decide(page, kavita, number, 'finance', 'approve');

  const requester = await as(ravi, phone);
  await requester.goto(`/runs/${number}`);
  await expect(where(requester)).toContainText('Legal check');
  await expect(where(requester)).toContainText('IT check');
  const path = requester.getByRole('navigation', { name: 'Path' });
  await expect(path.locator('[aria-current="step"]')).toHaveText([/Legal check/, /IT check.*at the same time/]);
  await settled(requester);
  await accessible(requester, 'branches on a phone');
  await requester.goto('/inbox?view=requests');
  await expect(requester.getByRole('listitem').filter({ hasText: number })).toContainText('Legal check · IT check');

  await decide(page, dev, number, 'legal', 'fine');
  const it = await as(george);
  await it.goto(`/runs/${number}`);
  await bar(it).getByRole('button', { name: 'Claim' }).click();
  await it.getByRole('button', { name: 'Show as a graph' }).click();
  const graph = it.getByRole('region', { name: `Path of ${number}` });
  await expect(graph.locator('[data-type="join"]')).toContainText('1 arrived');
  await accessible(it, 'graph with branches');
  await byNight(it, 'graph with branches');
  await bar(it).getByRole('button', { name: 'No objection' }).click();
  await it.getByRole('dialog').getByRole('button', { name: 'No objection' }).click();

  const first = await as(neha);
  await openFromInbox(first, number);
  const votes = first.locator('section').filter({ hasText: 'Decided together: Directors' }).last();
  await expect(votes).toContainText(/0 for it; needs 2 of \d/);
  await bar(first).getByRole('button', { name: 'Approve, with others' }).click();
  await first.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await expect(votes).toContainText(/1 for it; needs 2 of \d/);
  await accessible(first, 'vote');
  await byNight(first, 'vote');

  const second = await as(farah, phone);
  await second.goto(`/runs/${number}`);
  await accessible(second, 'vote on a phone');
  await bar(second).getByRole('button', { name: 'Approve', exact: true }).tap();
  await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).tap();
  await expect(where(second)).toContainText('Order');
  await expect(history(second)).toContainText(/The tasks of .* were closed/);
  const other = await as(lakshmi);
  await other.goto('/inbox');
  await settled(other);
  await expect(other.getByRole('listitem').filter({ hasText: number })).toHaveCount(0);
});
