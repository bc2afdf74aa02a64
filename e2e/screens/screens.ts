import { admin, asha, meera, ravi } from '../journeys/people.ts';
import { all, lists, reading, screen } from './render.ts';

/**
 * Every screen of the product, one line each: its name, who looks, where, and in which states beside
 * the typical one. `verb` is what the screen reads: its answer is what the states change.
 */
screen('sign-in', undefined, '/sign-in?org=acme', []);
screen('landing', asha, '/', all, 'workflows.list');
screen('landing-designer', meera, '/', ['long'], 'workflows.list');
screen('workflow', meera, '/workflows/EXPENSE', reading, 'workflows.get');
screen('workflow-step', meera, '/workflows/PURCHASE?step=budget', [], 'workflows.get');
screen('runs', admin, '/workflows/LEAVE/runs', all, 'runs.list');
screen('runs-no-statistics', admin, '/workflows/LEAVE/runs', ['error', 'slow'], 'workflows.statistics');
screen('start', asha, '/workflows/LEAVE/start', reading, 'runs.prepare');
screen('inbox', ravi, '/inbox', lists, 'tasks.list');
screen('requests', asha, '/inbox?view=requests', lists, 'runs.list');
screen('request', ravi, '/runs/LEAVE-4', reading, 'runs.get');
screen('request-ended', asha, '/runs/LEAVE-1', [], 'runs.get');
screen('people', admin, '/people', lists, 'users.list');
screen('account', asha, '/account', reading, 'sessions.list');
screen('not-found', asha, '/no/such/page', []);
screen('palette', admin, '/', ['empty', 'error'], 'runs.list', async (page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to, start or find' }).fill('leave');
  await page.getByRole('option', { name: /Leave application/ }).waitFor();
});
screen('keyboard-help', asha, '/', [], undefined, (page) => page.keyboard.press('?'));
screen('kit', asha, '/kit', []);
screen('rules', meera, '/kit', [], undefined, async (page) => {
  await page
    .getByText(/people match now/)
    .first()
    .waitFor();
  await page.getByRole('heading', { name: 'Rules' }).evaluate((heading) => heading.scrollIntoView());
});
for (const [name, label] of [
  ['people', 'Who may decide'],
  ['nested', 'When it goes to the director'],
  ['empty', 'Who sees the workflow'],
  ['text', 'Shown when'],
  ['wrong', 'When finance decides'],
] as const) {
  screen(`rule-${name}`, meera, '/kit', [], undefined, async (page) => {
    await page.getByRole('button', { name: new RegExp(`: ${label}$`) }).click();
    const dialog = page.getByRole('dialog', { name: label });
    await dialog.getByRole('button', { name: 'Done' }).waitFor();
    if (name === 'people') await dialog.getByText(/match now/).waitFor();
    if (name === 'wrong') await dialog.getByRole('button', { name: 'Done' }).click();
  });
}
