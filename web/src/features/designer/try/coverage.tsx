import { Progress } from '@mantine/core';
import { type Definition, stepsOf, titled } from '@/lib/definition';
import { Card } from '@/ui/card';
import type { Reached } from './script';
import classes from './try.module.css';

/** How much of the definition was passed, over all tries since this page was opened, and what was not. */
export function Coverage({ doc, reached }: { doc: Definition; reached: Reached }) {
  const steps = stepsOf(doc);
  const name = (id: string) => {
    const step = steps.find((s) => s.id === id);
    return step?.name || titled(id);
  };
  const been = new Set(reached.steps);
  const taken = new Set(reached.transitions);
  const ways = steps.flatMap((s) =>
    (s.transitions ?? []).map((t) => ({ id: `${s.id}.${t.id}`, name: `${name(s.id)}: ${t.name || name(t.to)}` })),
  );
  const left = [
    ...steps.filter((s) => !been.has(s.id)).map((s) => ({ id: s.id, name: name(s.id) })),
    ...ways.filter((way) => !taken.has(way.id)),
  ];
  const total = steps.length + ways.length;
  return (
    <Card title="What was reached">
      <Progress
        value={total === 0 ? 0 : ((total - left.length) / total) * 100}
        aria-label="Share of steps and ways reached"
      />
      <p className={classes.quiet}>
        {steps.length - steps.filter((s) => !been.has(s.id)).length} of {steps.length} steps,{' '}
        {ways.length - ways.filter((way) => !taken.has(way.id)).length} of {ways.length} ways.
      </p>
      {left.length > 0 && (
        <details className={classes.left}>
          <summary>Not reached yet</summary>
          <ul>
            {left.map((thing) => (
              <li key={thing.id}>{thing.name}</li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
