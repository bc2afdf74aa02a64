import type { Locator, Page } from '@playwright/test';
import { acting } from './api.ts';
import { admin } from './people.ts';
import { accessible, expect, settled, test } from './test.ts';

// axe and several forms take their time on a busy machine.
test.slow();

/** A new workflow without any field, opened in the form designer. */
async function emptyForm(page: Page, name: string): Promise<string> {
  const call = await acting(page, admin);
  const key = `F${crypto.randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  await call('workflows.create', { key, name });
  await page.goto(`/workflows/${key}/edit/form`);
  await expect(page.getByText('Your form is empty')).toBeVisible();
  return key;
}

const form = (page: Page) => page.getByRole('tree', { name: 'Form', exact: true });
const entry = (page: Page, name: string | RegExp) => form(page).getByRole('treeitem', { name });
const palette = (page: Page) => page.getByRole('group', { name: 'What a form can have' });
const settings = (page: Page) => page.getByRole('complementary', { name: 'Settings' });
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();

/** What is drawn, in the order of reading: names, with a deeper level behind each frame. */
const outline = (page: Page) =>
  form(page)
    .getByRole('treeitem')
    .evaluateAll((items) =>
      items.map((item) => `${item.ariaLevel} ${item.querySelector('[id$="-words"]')?.textContent}`),
    );

/** Carries something with the mouse and puts it down at a point of something else: 0 is its left or upper edge, 1 the other one. */
async function carry(page: Page, what: Locator, to: Locator, x: number, y: number): Promise<void> {
  await what.scrollIntoViewIfNeeded();
  await what.hover();
  await page.mouse.down();
  const start = await what.boundingBox();
  await page.mouse.move((start?.x ?? 0) + 30, (start?.y ?? 0) + 20, { steps: 3 });
  const box = await to.boundingBox();
  if (!box) throw new Error(`${to} is not on screen`);
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 8 });
  await expect(page.locator('[data-drop-line]')).toBeVisible();
  await page.mouse.up();
}

const leave = [
  '1 Your leave, Section',
  '2 Side by side',
  '3 First day, Date, required',
  '3 Last day, Date',
  '2 Kind of leave, One of several',
  '2 Working days, Number, Calculated',
  '2 Reason, Long text',
];

test('a leave form is built with the mouse from nothing', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 1440, height: 900 } });
  const key = await emptyForm(page, 'Leave by mouse');
  const kind = (name: string) => palette(page).getByRole('button', { name, exact: true });
  const label = settings(page).getByRole('textbox', { name: 'Label', exact: true });

  await carry(page, kind('Section'), page.getByRole('group', { name: 'Form', exact: true }), 0.5, 0.5);
  await settings(page).getByRole('textbox', { name: 'Heading' }).fill('Your leave');
  await carry(page, kind('Side by side'), form(page).getByText('Drop a field here'), 0.5, 0.5);
  await carry(page, kind('Date'), form(page).getByText('Drop a field here'), 0.5, 0.5);
  // Whoever puts a field down goes on with its label.
  await expect(label).toBeFocused();
  await page.keyboard.type('First day');
  await settings(page).getByRole('switch', { name: 'Must be filled in' }).check();
  await carry(page, kind('Date'), entry(page, /^First day/), 0.9, 0.5);
  await label.fill('Last day');
  await carry(page, kind('One of several'), entry(page, /^Side by side/), 0.5, 0.97);
  await label.fill('Kind of leave');
  await settings(page).getByRole('button', { name: 'As lines' }).click();
  await settings(page).getByLabel('One option on each line').fill('Annual leave\nSick leave\nUnpaid leave');
  await settings(page).getByRole('button', { name: 'Use these' }).click();
  // Above the dates at first, then carried to its place.
  await carry(page, kind('Number'), entry(page, /^Kind of leave/), 0.5, 0.05);
  await label.fill('Working days');
  await carry(page, entry(page, /^Working days/), entry(page, /^Kind of leave/), 0.5, 0.9);
  await settings(page).getByRole('button', { name: 'Add a rule: Calculated' }).click();
  const rule = page.getByRole('dialog', { name: 'Calculated' });
  await rule.getByRole('textbox', { name: 'The rule as text' }).fill('workdays(form.first_day, form.last_day)');
  await rule.getByRole('button', { name: 'Done' }).click();
  await settings(page).getByLabel('Unit behind the number').fill('days');
  // A click in the list puts it behind what is chosen.
  await kind('Long text').click();
  await label.fill('Reason');
  await expect.poll(() => outline(page)).toEqual(leave);

  await saved(page);
  await page.reload();
  await expect.poll(() => outline(page)).toEqual(leave);
  // Names followed the labels, and the rule found them: nothing in the form keeps it from being published.
  const call = await acting(page, admin);
  const { problems, document } = await call<{ problems: { path: string }[]; document: { form: unknown } }>(
    'drafts.get',
    {
      workflow: key,
    },
  );
  expect(problems.filter((p) => p.path.startsWith('form'))).toEqual([]);
  expect(document.form).toMatchObject({
    fields: [
      { name: 'first_day', required: true },
      { name: 'last_day' },
      {
        name: 'kind_of_leave',
        options: [{ value: 'annual_leave' }, { value: 'sick_leave' }, { value: 'unpaid_leave' }],
      },
      { name: 'working_days', unit: 'days' },
      { name: 'reason' },
    ],
  });

  // Live: what is typed is calculated.
  await page.getByText('Preview', { exact: true }).click();
  await page.getByLabel(/^First day/).fill('2026-11-23');
  await page.getByLabel(/^Last day/).fill('2026-11-27');
  await expect(page.locator('[data-field="working_days"]')).toContainText('5 days');
  await page.getByText('Phone', { exact: true }).click();
  await expect(page.getByLabel(/^Reason/)).toBeVisible();
  await accessible(page, 'preview of a form');
});

test('the same form is built by keyboard alone, undone and done again', async ({ as }) => {
  const page = await as(admin, { viewport: { width: 1280, height: 800 } });
  await emptyForm(page, 'Leave by keyboard');
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Finds a kind by its words and takes the first that is found. */
  const add = async (words: string, label?: string) => {
    const find = page.getByLabel('Find a field');
    await find.focus();
    await find.fill(words);
    await press('Enter');
    if (label) {
      await expect(settings(page).getByRole('textbox', { name: /^(Label|Heading)$/ })).toBeFocused();
      await page.keyboard.type(label);
      await expect(entry(page, new RegExp(`^${label}`))).toBeVisible();
    }
    await find.fill('');
  };
  await add('Section', 'Your leave');
  await add('Side by side');
  await add('Date', 'First day');
  await add('Date', 'Last day');
  await add('One of several', 'Kind of leave');
  // It stands beside the dates: out of the frame, behind it.
  await entry(page, /^Kind of leave/).focus();
  await press('Alt+ArrowLeft');
  await expect(page.getByRole('status').filter({ hasText: 'moved' })).toContainText(
    'Kind of leave moved behind Side by side, in Your leave.',
  );
  await add('Number', 'Working days');
  await add('Long text', 'Reason');
  await entry(page, /^Working days/).focus();
  // Enter leads from the form to the settings.
  await press('Enter');
  await expect(settings(page).getByRole('textbox', { name: 'Label', exact: true })).toBeFocused();
  await settings(page).getByRole('button', { name: 'Add a rule: Calculated' }).focus();
  await press('Enter');
  const rule = page.getByRole('dialog', { name: 'Calculated' });
  await rule.getByRole('textbox', { name: 'The rule as text' }).focus();
  await page.keyboard.type('workdays(form.first_day, form.last_day)');
  await press('Control+Enter');
  await expect(rule).toBeHidden();
  await entry(page, /^First day/).focus();
  await press('ArrowDown');
  await expect(entry(page, /^Last day/)).toBeFocused();
  await press('ArrowUp', 'Enter', 'Tab', 'Tab', 'Space');
  await expect.poll(() => outline(page)).toEqual(leave);

  // Space carries, arrow keys choose the place, escape leaves all as it was.
  await entry(page, /^Reason/).focus();
  await press('Space', 'ArrowUp', 'ArrowUp');
  await expect(page.getByRole('status').filter({ hasText: 'before Kind of leave' })).toHaveCount(1);
  await press('Escape');
  await expect.poll(() => outline(page)).toEqual(leave);
  await press('Space', 'ArrowUp', 'ArrowUp', 'Space');
  const carried = [...leave.slice(0, 4), leave[6], leave[4], leave[5]];
  await expect.poll(() => outline(page)).toEqual(carried);
  await press('Control+z');
  await expect.poll(() => outline(page)).toEqual(leave);
  await press('Control+y');
  await expect.poll(() => outline(page)).toEqual(carried);
  await press('Control+z');

  // Duplicated, copied and pasted, each under a name of its own.
  await entry(page, /^Reason/).focus();
  await press('Control+d', 'Delete');
  await expect.poll(() => outline(page)).toEqual(leave);
  await expect(entry(page, /^Reason/)).toBeFocused();
  await press('Control+c', 'Control+v');
  await expect.poll(() => outline(page)).toEqual([...leave, '2 Reason, Long text']);
  await press('Control+x');
  await expect.poll(() => outline(page)).toEqual(leave);

  // What a rule reads does not go unasked.
  await entry(page, /^First day/).focus();
  await press('Delete');
  const asked = page.getByRole('dialog', { name: 'Remove First day?' });
  await expect(asked).toContainText('the field “Working days”');
  await asked.getByRole('button', { name: 'Keep it' }).press('Enter');
  await expect(entry(page, /^First day/)).toBeFocused();

  // The outline is the same form.
  await page.getByRole('button', { name: 'Outline', exact: true }).press('Enter');
  const tree = page.getByRole('tree', { name: 'Outline of the form' });
  await tree.getByRole('treeitem', { name: 'First day' }).focus();
  await press('Alt+ArrowDown');
  await expect(tree.getByRole('treeitem', { name: 'First day' })).toBeFocused();
  await expect.poll(() => outline(page)).toEqual([leave[0], leave[1], leave[3], leave[2], ...leave.slice(4)]);
  await press('ArrowLeft', 'ArrowLeft');
  await expect(tree.getByRole('treeitem')).toHaveCount(5);
  await saved(page);
});

test('who sees what is a grid that keys walk', async ({ as }) => {
  const page = await as(admin);
  const call = await acting(page, admin);
  const key = `F${crypto.randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  await call('workflows.create', { key, name: 'Seen by', from_library: 'leave-application' });
  await page.goto(`/workflows/${key}/edit/form?view=matrix`);
  const grid = page.getByRole('grid', { name: 'Who sees what' });
  await expect(grid).toBeVisible();
  await settled(page);
  await accessible(page, 'who sees what');
  const cell = (name: string) => grid.getByRole('gridcell', { name });
  await cell('Read, Reason, HR').focus();
  await page.keyboard.press('h');
  await expect(cell('Hidden, Reason, HR')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(cell('Read, Reason, HR')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(grid.locator(':focus')).toHaveAttribute('aria-label', /Reason/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Hidden' }).click();
  await expect(grid.getByRole('gridcell', { name: /^Hidden, Reason, / })).toHaveCount(
    await grid
      .getByRole('columnheader')
      .count()
      .then((n) => n - 1),
  );
  await saved(page);
  await page.reload();
  await expect(cell('Hidden, Reason, Everybody else')).toBeVisible();
});

for (const look of [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const) {
  test(`the form designer is accessible, ${look.colorScheme} and ${look.width} px wide`, async ({ as }) => {
    const { colorScheme, ...viewport } = look;
    const page = await as(admin, { viewport, colorScheme });
    await emptyForm(page, 'Looked at');
    await settled(page);
    await accessible(page, 'empty form');
    const call = await acting(page, admin);
    const key = `F${crypto.randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
    await call('workflows.create', { key, name: 'Expenses', from_library: 'expense-claim' });
    await page.goto(`/workflows/${key}/edit/form`);
    await expect(form(page)).toBeVisible();
    await settled(page);
    await form(page).getByRole('treeitem').nth(1).focus();
    await accessible(page, 'form with a chosen entry');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    // Where it is narrow the list folds away, and a pencil leads to the settings below.
    if (look.width < 768) {
      await page.getByRole('button', { name: 'Change its settings' }).click();
      await expect(settings(page).getByRole('textbox').first()).toBeFocused();
      await page.getByRole('button', { name: 'Show fields' }).click();
    }
    await page.getByRole('button', { name: 'Outline', exact: true }).click();
    await accessible(page, 'outline');
  });
}
