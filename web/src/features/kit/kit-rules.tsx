import { useState } from 'react';
import type { Definition, RuleSource } from '@/api/types';
import { RuleEditor, type RuleEditorProps, variablesOf } from '@/components/rule-editor';
import classes from './kit-page.module.css';

const document: Definition = {
  key: 'TRIP',
  name: 'Business trip',
  form: {
    fields: [
      { name: 'days', type: 'number', label: 'Working days' },
      { name: 'reason', type: 'text', label: 'Reason' },
      {
        name: 'region',
        type: 'choice',
        label: 'Region',
        options: [
          { value: 'in', label: 'India' },
          { value: 'eu', label: 'Europe' },
          { value: 'us', label: 'United States' },
        ],
      },
      { name: 'trip', type: 'date_range', label: 'Time of the trip' },
      { name: 'booked', type: 'date', label: 'Booked on' },
      { name: 'cost', type: 'money', label: 'Cost', currencies: ['EUR', 'INR', 'USD'] },
      { name: 'visa', type: 'yes_no', label: 'Visa needed' },
      { name: 'team', type: 'department', label: 'Team that pays' },
      { name: 'buddy', type: 'user', label: 'Fellow traveller' },
    ],
  },
  steps: [
    { id: 'ask', type: 'start', transitions: [{ id: 'send', name: 'Send', to: 'manager' }] },
    { id: 'manager', type: 'task', name: 'Manager', transitions: [{ id: 'approve', name: 'Approve', to: 'done' }] },
    { id: 'done', type: 'end', name: 'Done' },
  ],
};
const custom = [{ key: 'leave_balance', label: 'Days of leave left', kind: 'number' as const }];
const plain = variablesOf(document, undefined, custom);
const people = variablesOf(document, 'people', custom);

type Shown = Omit<RuleEditorProps, 'onChange' | 'variables'>;

const nested: RuleSource = {
  rows: {
    combinator: 'and',
    rules: [
      { field: 'form.days', operator: '>=', value: 5 },
      {
        combinator: 'or',
        rules: [
          { field: 'form.region', operator: 'in', value: ['eu', 'us'] },
          { field: 'form.cost.amount', operator: 'between', value: [1000, 5000] },
          { field: 'form.booked', operator: '>', value: 'form.trip.from', valueSource: 'field' },
        ],
      },
      { field: 'form.visa', operator: '=', value: true },
    ],
  },
};

const editors: Shown[] = [
  {
    label: 'Who may decide',
    about: 'people',
    empty: 'Everybody',
    value: 'user.department == "HR" && user.level_rank >= 2',
  },
  {
    label: 'Who sees the workflow',
    about: 'people',
    value: undefined,
    empty: 'Everybody',
    help: 'People for whom it does not hold neither see nor start it.',
  },
  {
    label: 'Who is asked',
    about: 'people',
    value: 'user.department == initiator.department && user.id != initiator.id',
  },
  { label: 'When it goes to the director', value: nested },
  { label: 'Shown when', value: 'form.reason.size() > 20', empty: 'Always' },
  { label: 'Title', value: 'initiator.name + ": " + form.reason', gives: 'text', empty: 'The name of the workflow' },
  {
    label: 'When finance decides',
    value: { rows: { combinator: 'and', rules: [{ field: 'form.price', operator: '>', value: 100 }] } },
    errors: ['There is no variable "form.price".'],
  },
  { label: 'When it ends', value: nested, readOnly: true },
];

/** The rules editor in its states, as narrow as in the settings of a step. */
export function RulesKit() {
  return (
    <div className={classes.panels}>
      {editors.map((shown) => (
        <Kept key={shown.label} {...shown} />
      ))}
    </div>
  );
}

function Kept(shown: Shown) {
  const [value, setValue] = useState(shown.value);
  return <RuleEditor {...shown} value={value} onChange={setValue} variables={shown.about ? people : plain} />;
}
