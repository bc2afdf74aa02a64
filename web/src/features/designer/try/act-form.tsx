import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Person, Run, Task, TransitionView } from '@/api/types';
import { changedValues, ErrorSummary, FormRenderer, useForm } from '@/components/form-renderer';
import { alone, Choices, chosenFor } from './choices';
import type { Act, ScriptAction } from './script';
import classes from './try.module.css';

type ActFormProps = { run: Run; as: Person; dispatch: (action: ScriptAction) => void; busy: boolean };

/** The request as one person has it before him, with what he can do. */
export function ActForm({ run, as, dispatch, busy }: ActFormProps) {
  const handle = useForm(run.form, run.values, run.rule_context);
  const [turn, setTurn] = useState(0);
  const [comment, setComment] = useState('');
  const { task } = run;
  const act = (said: string, way: Pick<Act, 'transition' | 'back' | 'chosen'>, checked: boolean) => {
    if (!task) return;
    if (checked && !handle.attempt()) return setTurn(turn + 1);
    const values = way.back ? undefined : changedValues(run.form, run.values, handle.settled);
    const note = comment.trim() || undefined;
    const shared = { by: as.id, step: task.step_id, values, comment: note, said: `${as.name}: ${said}` };
    dispatch({ type: 'act', act: { ...shared, ...way } });
  };
  return (
    <div className={classes.form}>
      {task?.description && <p className={classes.quiet}>{task.description}</p>}
      <ErrorSummary handle={handle} turn={turn} prefix="act" reveal={() => undefined} />
      <FormRenderer handle={handle} prefix="act" changes={run.changes} correct={task?.correct} />
      {task ? (
        <>
          <Textarea
            label="Comment"
            autosize
            minRows={1}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Ways task={task} busy={busy} onTake={act} />
        </>
      ) : (
        <p className={classes.quiet}>{as.name} has nothing to do here.</p>
      )}
    </div>
  );
}

type OnTake = (said: string, way: Pick<Act, 'transition' | 'back' | 'chosen'>, checked: boolean) => void;

function Ways({ task, busy, onTake }: { task: Task; busy: boolean; onTake: OnTake }) {
  const choices = task.transitions.flatMap((t) => t.choices);
  const all = [...new Map(choices.map((choice) => [choice.step_id, choice])).values()];
  const [chosen, setChosen] = useState(() => alone(all));
  const [back, setBack] = useState<string | null>(task.send_back[0]?.to ?? null);
  const take = (t: TransitionView) =>
    onTake(t.name, { transition: t.id, chosen: chosenFor(t.choices, chosen) }, t.kind !== 'reject');
  return (
    <>
      <Choices choices={all} value={chosen} onChange={setChosen} />
      <div className={classes.ways}>
        {task.transitions.map((t) => (
          <Button
            key={t.id}
            variant={t.kind === 'approve' ? 'filled' : 'default'}
            disabled={busy}
            onClick={() => take(t)}
          >
            {t.name}
          </Button>
        ))}
      </div>
      {task.send_back.length > 0 && (
        <div className={classes.back}>
          <Select
            label="Send back to"
            data={task.send_back.map((target) => ({ value: target.to, label: target.step_name }))}
            value={back}
            onChange={setBack}
            allowDeselect={false}
          />
          <Button
            variant="default"
            disabled={busy || !back}
            onClick={() => back && onTake('Send back', { back }, false)}
          >
            Send back
          </Button>
        </div>
      )}
    </>
  );
}
