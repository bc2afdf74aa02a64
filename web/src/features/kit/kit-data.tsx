import type { Person } from '@/api/types';
import { formatMoney } from '@/components/form-renderer/fields/money';
import { People, PersonChip } from '@/components/person';
import { RunState } from '@/components/status';
import { Count } from '@/ui/pill';
import { Moment, useNow } from '@/ui/time';
import { TimeLeft } from '@/ui/time-left';
import classes from './kit-page.module.css';

const states = [
  { status: 'draft' },
  { status: 'running' },
  { status: 'held' },
  { status: 'completed', outcome: 'approved' },
  { status: 'completed', outcome: 'rejected' },
  { status: 'completed', outcome: 'not_needed' },
  { status: 'cancelled', reason: 'withdrawn' },
  { status: 'cancelled' },
  { status: 'failed' },
];

export function StatusKit() {
  return (
    <div className={classes.row}>
      {states.map((state) => (
        <RunState key={JSON.stringify(state)} run={state} />
      ))}
      <span>
        Open tasks <Count value={4} />
      </span>
      <span>
        All of them <Count value={12_345} />
      </span>
    </div>
  );
}

const hour = 3_600_000;

export function TimeKit() {
  const now = useNow();
  const at = (hours: number) => new Date(now + hours * hour).toISOString();
  return (
    <div className={classes.row}>
      <TimeLeft due={at(70)} from={at(-2)} />
      <TimeLeft due={at(6)} from={at(-90)} />
      <TimeLeft due={at(-50)} />
      <Moment at={at(-0.01)} />
      <Moment at={at(-3)} />
      <Moment at={at(-24 * 400)} />
    </div>
  );
}

const person = (name: string, status: Person['status'] = 'active'): Person => ({
  id: name,
  name,
  email: 'somebody@acme.example',
  status,
});

export function PeopleKit() {
  const long = person('Wolfeschlegelsteinhausenbergerdorff von und zu Oberammergau-Unterwössen');
  return (
    <div className={classes.stack}>
      <div className={classes.row}>
        <PersonChip person={person('Asha Rao')} />
        <PersonChip person={person('Ravi')} size={28} />
        <PersonChip person={person('Vera Left', 'disabled')} />
        <People people={[person('Meera Iyer'), person('Nikhil Patil'), person('Zoya Ahmed')]} />
        <People people={[]} none="Nobody yet" />
      </div>
      <PersonChip person={long} />
    </div>
  );
}

export function AmountsKit() {
  const amounts = [
    { amount: '1200.5', currency: 'EUR' },
    { amount: '1234567890123.45', currency: 'USD' },
    { amount: '9800', currency: 'JPY' },
    { amount: '-40', currency: 'INR' },
  ];
  return (
    <div className={classes.row} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {amounts.map((amount) => (
        <span key={amount.currency}>{formatMoney(amount)}</span>
      ))}
    </div>
  );
}
