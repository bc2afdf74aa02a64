import { useState } from 'react';
import { FlowGraph, type FlowMark, type FlowStep, type FlowTransition } from '@/components/flow-graph';
import { BarChart } from '@/ui/charts/bar-chart';
import { ShareChart } from '@/ui/charts/share-chart';
import classes from './kit-page.module.css';

export function ChartsKit() {
  return (
    <div className={classes.stack}>
      <ShareChart
        label="Outcomes, as an example"
        parts={[
          { key: 'a', label: 'Approved', value: 1890, tone: 'green' },
          { key: 'u', label: 'Under way', value: 240, tone: 'accent' },
          { key: 'r', label: 'Rejected', value: 110, tone: 'red' },
          { key: 'w', label: 'Withdrawn', value: 9, tone: 'gray' },
        ]}
      />
      <BarChart
        label="Times, as an example"
        bars={[
          { key: 'm', label: 'Manager', value: 5, range: 20, words: '5 h', note: '9 of 10 within 20 h' },
          { key: 'l', label: 'A step with a name that goes on and on and on', value: 0, words: '1 s' },
        ]}
      />
      <BarChart
        label="Waiting, as an example"
        tone="amber"
        bars={[{ key: 'm', label: 'Manager', value: 12, note: 'the first for 3 d' }]}
      />
    </div>
  );
}

const steps: FlowStep[] = [
  { id: 'start', name: 'Application', type: 'start' },
  { id: 'manager', name: 'Manager', type: 'task', about: 'The manager of the requester' },
  { id: 'amount', name: 'Large amount?', type: 'condition' },
  { id: 'finance', name: 'Finance', type: 'task', about: 'Whoever takes it first' },
  { id: 'board', name: 'Board', type: 'task', about: 'The head of Operations' },
  { id: 'done', name: 'Approved', type: 'end' },
];
const transitions: FlowTransition[] = [
  { from: 'start', to: 'manager', been: true },
  { from: 'manager', to: 'amount', name: 'Approve', been: true },
  { from: 'amount', to: 'finance', name: 'No', been: true },
  { from: 'amount', to: 'board', name: 'Yes' },
  { from: 'board', to: 'finance' },
  { from: 'finance', to: 'manager', name: 'Ask again' },
  { from: 'finance', to: 'done', name: 'Approve' },
];
const marks: Record<string, FlowMark> = {
  start: { state: 'been' },
  manager: { state: 'been', count: 2, noun: 'visits' },
  amount: { state: 'been' },
  finance: { state: 'here' },
  board: { state: 'past' },
  done: { state: 'may' },
};

export function FlowKit() {
  const [selected, select] = useState<string>();
  return (
    <FlowGraph
      label="A run on its path, as an example"
      steps={steps}
      transitions={transitions}
      marks={marks}
      selected={selected}
      onSelect={select}
    />
  );
}
