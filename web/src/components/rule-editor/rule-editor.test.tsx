// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/errors';
import type { Definition, RuleSource } from '@/api/types';
import { RuleEditor, type RuleEditorProps, variablesOf } from '.';

const anna = {
  id: '0197a1d2-0000-7000-8000-000000000001',
  name: 'Anna Rao',
  email: 'anna@acme.example',
  status: 'active',
};
const people = ['Anna Rao', 'Ben Holt', 'Cara Ode'].map((name, i) => ({ ...anna, id: `${i}`, name }));
// A dialog with its lists is much for jsdom where others work as well.
vi.setConfig({ testTimeout: 20_000 });

let asked: { verb: string; body: unknown }[] = [];
let answers: Record<string, (body: never) => unknown> = {};

vi.mock('@/api/client', () => ({
  newKey: () => 'key',
  call: async (verb: string, body: unknown) => {
    asked.push({ verb, body });
    return answers[verb]?.(body as never) ?? { items: [] };
  },
}));

const document = {
  key: 'T',
  name: 'T',
  form: {
    fields: [
      { name: 'days', type: 'number', label: 'Days' },
      { name: 'from', type: 'date', label: 'First day' },
      { name: 'to', type: 'date', label: 'Last day' },
      {
        name: 'region',
        type: 'choice',
        label: 'Region',
        options: [
          { value: 'eu', label: 'Europe' },
          { value: 'in', label: 'India' },
        ],
      },
      { name: 'step', type: 'text', label: 'Stair' },
    ],
  },
} as Definition;

const days = (value: unknown, more: object = {}) => ({ field: 'form.days', operator: '>', value, ...more });
const rows = (...rules: object[]): RuleSource => ({ rows: { combinator: 'and', rules } });

function show(props: Partial<RuleEditorProps> = {}) {
  const onChange = vi.fn();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <RuleEditor
          label="When"
          value={undefined}
          onChange={onChange}
          variables={variablesOf(document, props.about)}
          {...props}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { onChange, user: userEvent.setup() };
}
const dialog = () => screen.findByRole('dialog', { name: 'When' });
const openButton = (name = /Edit rule|Add a rule/) => screen.getByRole('button', { name });

beforeEach(() => {
  asked = [];
  answers = {
    'departments.list': () => ({ items: [{ key: 'HR', name: 'Human Resources' }] }),
    'rules.people': () => ({ count: 14, people }),
  };
});
afterEach(cleanup);

describe('a rule in a panel', () => {
  it('is said in words, with the labels of fields and choices', () => {
    show({ value: rows(days(3), { field: 'form.region', operator: 'in', value: ['eu', 'gone'] }) });
    expect(screen.getByText('Days is above 3 and Region is one of Europe, gone')).toBeTruthy();
  });
  it('is said in words where its text means rows, and as text where not', () => {
    show({ value: 'form.days > 3 && form.from == form.to' });
    expect(screen.getByText('Days is above 3 and First day is “Last day”')).toBeTruthy();
    cleanup();
    show({ value: 'form.days * 2 > 3' });
    expect(screen.getByText('form.days * 2 > 3').tagName).toBe('CODE');
    cleanup();
    show({ value: 'form.step == "a" || step == "b"' });
    expect(screen.getByText('Stair is a or Step at hand is b')).toBeTruthy();
  });
  it('names departments', async () => {
    show({ value: 'user.department == "HR"', about: 'people' });
    expect(await screen.findByText('Department is Human Resources')).toBeTruthy();
  });
  it('says what no rule means, and what is wrong', () => {
    show({ empty: 'Everybody', errors: ['It names nobody.'], help: 'Who decides.' });
    expect(screen.getByText('Everybody')).toBeTruthy();
    const button = openButton();
    const described = button.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => window.document.getElementById(id)?.textContent)).toEqual([
      'Who decides.',
      'It names nobody.',
    ]);
  });
  it('cannot be changed where it is only shown', () => {
    show({ value: rows(days(3)), readOnly: true });
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('who matches', () => {
  it('is said with names on demand', async () => {
    const { user } = show({ value: 'user.level == "M1"', about: 'people' });
    expect(await screen.findByText('14 people match now: Anna Rao, Ben Holt and 12 others.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show names' }));
    expect(screen.getByText('Cara Ode')).toBeTruthy();
    expect(screen.getByText('and 11 more')).toBeTruthy();
    expect(asked.filter(({ verb }) => verb === 'rules.people')[0]?.body).toEqual({ rule: 'user.level == "M1"' });
  });
  it('is said to depend on the request', async () => {
    answers['rules.people'] = () => ({ count: 0, people: [], depends: true, on: ['form.days'] });
    show({ value: 'user.level_rank > form.days', about: 'people' });
    expect(await screen.findByText('Who matches depends on the request: on “Days”.')).toBeTruthy();
  });
  it('says in words why it cannot be told, and nothing to whom it is not told', async () => {
    const refuse = (code: 'invalid' | 'forbidden') => () => {
      throw new ApiError({ code, status: 422, detail: 'There is no level.' });
    };
    answers['rules.people'] = refuse('invalid');
    show({ value: 'user.level == "M1"', about: 'people' });
    expect(await screen.findByText('Who matches cannot be told: There is no level.')).toBeTruthy();
    cleanup();
    answers['rules.people'] = refuse('forbidden');
    show({ value: 'user.level == "M1"', about: 'people' });
    await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
  });
  it('follows what is entered, once it is whole', async () => {
    const { user } = show({ value: rows({ field: 'user.level', operator: '=', value: 'M' }), about: 'people' });
    await user.click(openButton());
    await user.type(within(await dialog()).getByRole('textbox', { name: 'Condition 1: value' }), '12');
    const tried = () => asked.filter(({ verb }) => verb === 'rules.people').map(({ body }) => JSON.stringify(body));
    await waitFor(() => expect(tried().at(-1)).toContain('"M12"'), { timeout: 3000 });
    expect(tried().filter((body) => body.includes('"M1"'))).toEqual([]);
  });
});

describe('the dialog by keyboard', () => {
  it('makes a rule from nothing', async () => {
    const { user, onChange } = show({ empty: 'Always' });
    openButton().focus();
    await user.keyboard('{Enter}');
    const box = within(await dialog());
    const add = box.getByRole('button', { name: 'Add a condition' });
    await waitFor(() => expect(window.document.activeElement).toBe(add));
    await user.keyboard('{Enter}');
    const field = await box.findByRole('combobox', { name: 'Condition 1: what it looks at' });
    await waitFor(() => expect(window.document.activeElement).toBe(field));
    await user.keyboard('Days{ArrowDown}{Enter}');
    await user.tab();
    expect(window.document.activeElement?.getAttribute('aria-label')).toBe('Condition 1: how to compare');
    await user.tab();
    await user.keyboard('25');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(onChange).toHaveBeenCalledWith(rows({ field: 'form.days', operator: '=', value: 25 }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
  it('asks to finish what is half done, by its name, and leads there', async () => {
    const { user, onChange } = show({ value: rows(days(1), days(undefined)) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('button', { name: 'Done' }));
    const alert = box.getByRole('alert');
    await waitFor(() => expect(window.document.activeElement).toBe(alert));
    expect(alert.textContent).toBe(
      'One thing is not right yetCondition 2 (Days): Give a number, or remove the condition.',
    );
    expect(onChange).not.toHaveBeenCalled();
    await user.click(within(alert).getByRole('button', { name: 'Condition 2 (Days)' }));
    const field = box.getByRole('combobox', { name: 'Condition 2: what it looks at' });
    await waitFor(() => expect(window.document.activeElement).toBe(field));
    await user.type(box.getByRole('textbox', { name: 'Condition 2: value' }), '4');
    await user.tab();
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(rows(days(1), days(4)));
  });
  it('removes the half done by the menu, and moves on to the next', async () => {
    const { user, onChange } = show({ value: rows(days(undefined), days(2)) });
    await user.click(openButton());
    const box = within(await dialog());
    box.getByRole('button', { name: 'More for condition 1' }).focus();
    await user.keyboard('{Enter}');
    const remove = await screen.findByRole('menuitem', { name: 'Remove condition 1' });
    remove.focus();
    await user.keyboard('{Enter}');
    const field = await box.findByRole('combobox', { name: 'Condition 1: what it looks at' });
    await waitFor(() => expect(window.document.activeElement).toBe(field));
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(rows(days(2)));
  });
  it('moves a condition and keeps the focus with it', async () => {
    const { user, onChange } = show({ value: rows(days(1), { combinator: 'or', rules: [days(2)] }) });
    await user.click(openButton());
    const box = within(await dialog());
    box.getByRole('button', { name: 'More for condition 1' }).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('menuitem', { name: 'Move down' }));
    const menu = await box.findByRole('button', { name: 'More for condition 1.1' });
    await waitFor(() => expect(window.document.activeElement).toBe(menu));
    await user.selectOptions(
      box.getByRole('combobox', { name: 'Group 1: how its conditions are joined' }),
      'None of these holds',
    );
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(rows({ combinator: 'or', not: true, rules: [days(1), days(2)] }));
  });
  it('leaves all as it was when it is cancelled', async () => {
    const { user, onChange } = show({ value: rows(days(1)) });
    for (const leave of ['cancel', 'escape']) {
      openButton().focus();
      await user.keyboard('{Enter}');
      const box = within(await dialog());
      await user.clear(box.getByRole('textbox', { name: 'Condition 1: value' }));
      await user.click(box.getByRole('button', { name: 'Add a group' }));
      if (leave === 'cancel') await user.click(box.getByRole('button', { name: 'Cancel' }));
      else {
        // A list that opened under the focus closes first.
        box.getByRole('button', { name: 'Cancel' }).focus();
        await user.keyboard('{Escape}');
      }
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      await waitFor(() => expect(window.document.activeElement).toBe(openButton()));
      expect(screen.getByText('Days is above 1')).toBeTruthy();
    }
    expect(onChange).not.toHaveBeenCalled();
  });
  it('closes a menu and not the dialog with Escape', async () => {
    const { user } = show({ value: rows(days(1)) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('button', { name: 'More for condition 1' }));
    await screen.findByRole('menu');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
  it('tells nothing when nothing was changed', async () => {
    const { user, onChange } = show({ value: rows(days('3', { id: 'r1', valueSource: 'value' })) });
    await user.click(openButton());
    await user.click(within(await dialog()).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('rows', () => {
  it('compare with another field of the same kind', async () => {
    const { user, onChange } = show({ value: rows({ field: 'form.from', operator: '=', value: '2026-01-31' }) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('button', { name: 'Condition 1: compare with another field' }));
    await user.click(box.getByRole('combobox', { name: 'Condition 1: value' }));
    const offered = within(await screen.findByRole('listbox')).getAllByRole('option');
    expect(offered.map((option) => option.textContent)).toEqual(['Last day', 'Today']);
    await user.click(screen.getByRole('option', { name: 'Last day' }));
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(
      rows({ field: 'form.from', operator: '=', valueSource: 'field', value: 'form.to' }),
    );
  });
  it('offer the choices of a field', async () => {
    const { user, onChange } = show({ value: rows({ field: 'form.region', operator: 'in', value: ['eu'] }) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('combobox', { name: 'Condition 1: value' }));
    await user.click(await screen.findByRole('option', { name: 'India' }));
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(rows({ field: 'form.region', operator: 'in', value: ['eu', 'in'] }));
  });
  it('take both ends of a range', async () => {
    const { user, onChange } = show({ value: rows({ field: 'form.days', operator: 'between', value: [1, 2] }) });
    await user.click(openButton());
    const box = within(await dialog());
    const end = box.getByRole('textbox', { name: 'Condition 1: value, to' });
    await user.clear(end);
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(box.getByRole('alert').textContent).toMatch(/both ends/);
    await user.type(end, '9,5');
    await user.tab();
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith(rows({ field: 'form.days', operator: 'between', value: [1, 9.5] }));
  });
});

describe('the text of a rule', () => {
  it('is what the rows mean, and what is written in it is stored', async () => {
    const { user, onChange } = show({ value: rows(days(1)) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('radio', { name: 'Text' }));
    const area = box.getByRole<HTMLTextAreaElement>('textbox', { name: 'The rule as text' });
    expect(area.value).toBe('form.days > 1');
    await user.type(area, ' + ');
    expect(box.getByText(/It cannot be read yet/)).toBeTruthy();
    await user.click(box.getByRole('combobox', { name: 'Put a field in' }));
    await user.click(await screen.findByRole('option', { name: 'Days' }));
    expect(area.value).toBe('form.days > 1 + form.days');
    expect(box.getByText(/Rows cannot show this rule/)).toBeTruthy();
    await user.click(box.getByRole('radio', { name: 'Rows' }));
    expect(box.getByRole('textbox', { name: 'The rule as text' })).toBeTruthy();
    await user.click(box.getByRole('button', { name: 'Done' }));
    expect(onChange).toHaveBeenCalledWith('form.days > 1 + form.days');
  });
  it('is all there is where the rule gives no yes or no', async () => {
    const { user } = show({ value: 'initiator.name', gives: 'text' });
    await user.click(openButton());
    const box = within(await dialog());
    expect(box.queryByRole('radio')).toBeNull();
    expect(box.getByRole('textbox', { name: 'The rule as text' })).toBeTruthy();
  });
  it('says why rows that are not finished cannot be text', async () => {
    const { user } = show({ value: rows(days(undefined)) });
    await user.click(openButton());
    const box = within(await dialog());
    await user.click(box.getByRole('radio', { name: 'Text' }));
    expect(box.getByText(/Finish or remove the conditions/)).toBeTruthy();
    expect(box.getByRole('combobox', { name: 'Condition 1: what it looks at' })).toBeTruthy();
  });
});
