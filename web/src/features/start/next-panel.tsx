import { Textarea } from '@mantine/core';
import type { NextStep } from '@/api/types';
import { PersonChip } from '@/components/person';
import { CandidatePicker } from '@/components/user-picker';
import { Card } from '@/ui/card';
import classes from './next-panel.module.css';
import type { Request } from './use-request';

/** Who is asked next, whom the requester chooses, and a note to the first reader. */
export function NextPanel({ request }: { request: Request }) {
  const { prepared, ahead, chosen, choose, note, setNote, handle, values } = request;
  // That somebody is missing is said, as with fields, only once sending was tried.
  const missing = handle.state.tried ? request.missing : none;
  return (
    <aside className={classes.panel} aria-label="What happens next">
      <Card title="What happens next">
        {ahead.next.length > 0 && (
          <ol className={classes.steps}>
            {ahead.next.map((step) => (
              <Step key={step.step_id} step={step} />
            ))}
          </ol>
        )}
        {ahead.next.length === 0 && ahead.choices.length === 0 && (
          <p className={classes.quiet}>Who is asked next depends on what you enter.</p>
        )}
        <div className={classes.fields}>
          {ahead.choices.map((choice) => (
            <CandidatePicker
              key={choice.step_id}
              id={`choice-${choice.step_id}`}
              label={`Assign ${choice.step_name} to`}
              required
              candidates={choice.candidates}
              more={choice.more}
              source={{ workflow: prepared.workflow.key, step_id: choice.step_id }}
              values={handle.state.entered === prepared.values ? undefined : values}
              value={chosen[choice.step_id]}
              onChange={(person) => choose(choice.step_id, person)}
              error={missing.has(choice.step_id) ? 'Choose who gets it next.' : undefined}
            />
          ))}
          <Textarea
            label="Note to the first reader"
            description="Everybody who sees the request can read it."
            autosize
            minRows={2}
            maxRows={8}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </div>
      </Card>
    </aside>
  );
}

const none = new Set<string>();

function Step({ step }: { step: NextStep }) {
  return (
    <li className={classes.step}>
      <span className={classes.name}>{step.name}</span>
      <span className={classes.quiet}>{step.who}</span>
      {step.people?.map((person) => (
        <PersonChip key={person.id} person={person} />
      ))}
    </li>
  );
}
