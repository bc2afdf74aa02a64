import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Prepared, Values } from '@/api/types';
import { ErrorSummary, enteredValues, FormRenderer, useForm } from '@/components/form-renderer';
import { NamedPeople } from '@/components/person';
import { Card } from '@/ui/card';
import { IconSend } from '@/ui/icons';
import { alone, Choices, chosenFor } from './choices';
import type { ScriptAction } from './script';
import classes from './try.module.css';

type SendFormProps = {
  prepared: Prepared;
  /** What was entered in the try before. */
  again: Values | undefined;
  dispatch: (action: ScriptAction) => void;
};

/** The form of a new request, as whoever asks meets it. */
export function SendForm({ prepared, again, dispatch }: SendFormProps) {
  const handle = useForm(prepared.form, { ...prepared.values, ...again }, prepared.rule_context);
  const [chosen, setChosen] = useState(() => alone(prepared.choices));
  const [turn, setTurn] = useState(0);
  const [revealed, setRevealed] = useState<{ field: string; turn: number }>();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!handle.attempt()) return setTurn(turn + 1);
    const values = enteredValues(prepared.form, handle.settled);
    dispatch({ type: 'send', values, chosen: chosenFor(prepared.choices, chosen) });
  };
  return (
    <form onSubmit={send} noValidate aria-label="The request">
      <NamedPeople value={prepared.people}>
        <Card title={`${prepared.initiator.name} asks`}>
          <div className={classes.form}>
            <ErrorSummary
              handle={handle}
              turn={turn}
              prefix="try"
              reveal={(field) => setRevealed((r) => ({ field, turn: (r?.turn ?? 0) + 1 }))}
            />
            <FormRenderer handle={handle} prefix="try" revealed={revealed} />
            <Choices choices={prepared.choices} value={chosen} onChange={setChosen} />
            {prepared.next.length > 0 && (
              <p className={classes.quiet}>
                Next:{' '}
                {prepared.next
                  .map((step) => `${step.name} (${step.people?.map((p) => p.name).join(', ') || step.who})`)
                  .join('; ')}
              </p>
            )}
            <Button type="submit" className={classes.send} leftSection={<IconSend size={16} aria-hidden />}>
              Send it
            </Button>
          </div>
        </Card>
      </NamedPeople>
    </form>
  );
}
