import { Textarea } from '@mantine/core';
import type { Choice, NextStep } from '@/api/types';
import { PersonChip } from '@/components/person';
import { CandidatePicker, CandidatesPicker } from '@/components/user-picker';
import { Card } from '@/ui/card';
import classes from './next-panel.module.css';
import type { Request } from './use-request';

/** Who is asked next, whom the requester chooses, and a note to the first reader. */
export function NextPanel({ request }: { request: Request }) {
  const { ahead, note, setNote, handle } = request;
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
            <Choose
              key={choice.step_id}
              choice={choice}
              request={request}
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

type ChooseProps = { choice: Choice; request: Request; error: string | undefined };

function Choose({ choice, request: { prepared, handle, values, chosen, choose }, error }: ChooseProps) {
  const { step_id, step_name, candidates, more, many } = choice;
  const people = chosen[step_id] ?? [];
  const props = {
    id: `choice-${step_id}`,
    label: `Assign ${step_name} to`,
    required: true,
    candidates,
    more,
    source: { workflow: prepared.workflow.key, step_id },
    values: handle.state.entered === prepared.values ? undefined : values,
    error,
  };
  if (many) return <CandidatesPicker {...props} value={people} onChange={(next) => choose(step_id, next)} />;
  return (
    <CandidatePicker {...props} value={people[0]} onChange={(person) => choose(step_id, person ? [person] : [])} />
  );
}

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
