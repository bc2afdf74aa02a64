import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '@/api/query';
import type { FieldView, SendBackTarget } from '@/api/types';
import { ActDialog } from '@/components/act-dialog';
import { placeOf, placesOf } from './labels';
import { stillHis, type TaskDialogProps, useOutcome } from './outcome';
import classes from './send-back-dialog.module.css';
import { useOvertaken } from './steady';

type Return = 'again' | 'to_me';

/** Returns the request to an earlier step, with what has to be corrected and how it comes back. */
export function SendBackDialog({ run, task, onClose }: TaskDialogProps) {
  const { onSuccess, onError } = useOutcome(task, onClose);
  const back = useAct('tasks.send_back', { onSuccess, onError });
  const overtaken = useOvertaken({ run, still: stillHis(task), step: task.step_id, pending: back.isPending, onClose });
  const targets = placesOf(task.send_back);
  const [to, setTo] = useState<SendBackTarget | undefined>(targets[0]);
  const [then, setThen] = useState<Return>('again');
  const [correct, setCorrect] = useState<string[]>([]);
  if (!to) return null;
  const fields = run.form.fields.filter((field) => to.correctable.includes(field.name));
  return (
    <ActDialog
      title={to.name || 'Send back'}
      intro={targets.length === 1 ? `It goes back to ${placeOf(to)}.` : undefined}
      submit={to.name || 'Send back'}
      comment={to.comment}
      commentLabel="What has to be corrected"
      pending={back.isPending}
      error={back.error}
      overtaken={overtaken}
      onClose={onClose}
      onSubmit={({ comment }) =>
        back.mutate({
          task_id: task.id,
          to: to.to,
          comment,
          return: to.to_me && then === 'to_me' ? 'to_me' : undefined,
          correct: correct.length > 0 ? correct.filter((name) => to.correctable.includes(name)) : undefined,
        })
      }
    >
      {targets.length > 1 && (
        <Radio.Group
          label="Where to"
          value={to.to}
          onChange={(value) => setTo(targets.find((target) => target.to === value))}
        >
          {targets.map((target) => (
            <Radio key={target.to} value={target.to} label={placeOf(target)} mt={8} />
          ))}
        </Radio.Group>
      )}
      {to.to_me && (
        <Radio.Group label="Then it comes back" value={then} onChange={(value) => setThen(value as Return)}>
          <Radio value="again" label="along the path again, to everybody in between" mt={8} />
          <Radio value="to_me" label="straight to me" mt={8} />
        </Radio.Group>
      )}
      {fields.length > 1 && <Limit key={to.to} fields={fields} chosen={correct} onChosen={setCorrect} />}
    </ActDialog>
  );
}

type LimitProps = { fields: FieldView[]; chosen: string[]; onChosen: (names: string[]) => void };

/** More fields than this are searched and not read through. */
const most = 8;

/** Which fields alone may be changed; asked for only by who wants to say so. */
function Limit({ fields, chosen, onChosen }: LimitProps) {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  if (!open) {
    return (
      <Button className={classes.open} variant="subtle" color="gray" size="compact-sm" onClick={() => setOpen(true)}>
        Only certain fields…
      </Button>
    );
  }
  const found = fields.filter((field) =>
    (field.label || field.name).toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <Checkbox.Group
      label="Only these fields can be changed"
      description={chosen.length === 0 ? 'None is chosen: all that can be changed there are open.' : undefined}
      value={chosen}
      onChange={onChosen}
    >
      {fields.length > most && (
        <TextInput
          aria-label="Find a field"
          placeholder="Find a field"
          mt={8}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <div className={classes.fields}>
        {found.map((field) => (
          <Checkbox key={field.name} value={field.name} label={field.label || field.name} />
        ))}
        {found.length === 0 && <span className={classes.none}>No field bears this name.</span>}
      </div>
    </Checkbox.Group>
  );
}
