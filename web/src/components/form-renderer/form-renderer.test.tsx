// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { FormView } from '@/api/types';
import { ErrorSummary, FormRenderer, useForm } from '.';

const form: FormView = {
  fields: [
    {
      name: 'kind',
      type: 'choice',
      label: 'Kind',
      mode: 'required',
      display: 'radio',
      options: [
        { value: 'sick', label: 'Sick' },
        { value: 'annual', label: 'Annual' },
      ],
    },
    { name: 'doctor', type: 'text', label: 'Doctor', mode: 'required', visible_when: 'form.kind == "sick"' },
    { name: 'price', type: 'number', label: 'Price', mode: 'edit' },
    { name: 'gross', type: 'number', label: 'Gross', mode: 'read', calculate: 'form.price * 1.5' },
    { name: 'hidden_tab', type: 'text', label: 'In a tab', mode: 'required' },
  ],
  layout: [
    {
      section: 'Main',
      items: [{ field: 'kind' }, { field: 'doctor' }, { columns: [{ field: 'price' }, { field: 'gross' }] }],
    },
    {
      tabs: [
        { label: 'First', items: [] },
        { label: 'Second', items: [{ field: 'hidden_tab' }] },
      ],
    },
  ],
};

function Page() {
  const handle = useForm(form, empty, empty);
  return (
    <MantineProvider>
      <ErrorSummary handle={handle} turn={0} reveal={() => {}} />
      <FormRenderer handle={handle} />
      <button type="button" onClick={() => handle.attempt()}>
        Send
      </button>
    </MantineProvider>
  );
}
const empty = {};
afterEach(cleanup);

describe('a form on screen', () => {
  it('shows what a choice brings to light, and calculates', async () => {
    const user = userEvent.setup();
    render(<Page />);
    expect(screen.queryByLabelText(/Doctor/)).toBeNull();
    await user.click(screen.getByLabelText('Sick'));
    expect(screen.getByLabelText(/Doctor/)).toBeTruthy();
    await user.type(screen.getByLabelText('Price'), '1,000');
    expect(screen.getByText('1,500')).toBeTruthy();
  });

  it('says what is wrong where somebody has been, and everything once sending was tried', async () => {
    const user = userEvent.setup();
    render(<Page />);
    await user.type(screen.getByLabelText('Price'), 'abc');
    expect(screen.queryByText('Price must be a number.')).toBeNull();
    await user.tab();
    expect(screen.getByText('Price must be a number.')).toBeTruthy();
    await user.click(screen.getByText('Send'));
    expect(screen.getByRole('alert').textContent).toContain('3 things need to be corrected');
    expect(screen.getAllByText('Kind is required.')).toHaveLength(2);
    expect(screen.getByLabelText('Price').getAttribute('aria-invalid')).toBe('true');
  });
});
