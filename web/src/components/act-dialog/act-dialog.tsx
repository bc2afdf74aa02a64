import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ApiError } from '@/api/errors';
import type { Assignees, Choice, Values } from '@/api/types';
import { Dialog } from '@/ui/dialog';
import { Refusal } from '../query-state';
import { CandidatePicker, type CandidateSource } from '../user-picker';
import classes from './act-dialog.module.css';
import { type Answer, assigneesOf, missingOf, onlyCandidate } from './answer';
import { type Overtaken, OvertakenNote } from './overtaken';

export type ActDialogProps = {
  title: string;
  intro?: ReactNode;
  /** What the button says. */
  submit: string;
  tone?: 'accent' | 'red' | 'default';
  comment: 'required' | 'optional' | 'none';
  commentLabel?: string;
  /** Whom the actor must choose. */
  choose?: Choosing;
  pending: boolean;
  error: ApiError | null;
  /** Set once it can no longer be done. */
  overtaken?: Overtaken;
  onSubmit: (answer: { comment?: string; assignees?: Assignees }) => void;
  onClose: () => void;
  children?: ReactNode;
};

type Choosing = {
  choices: Choice[];
  /** Where further candidates of a choice are found. */
  source: (choice: Choice) => CandidateSource;
  /** What is sent along, when it decides who may be chosen. */
  values?: Values;
  label?: (choice: Choice) => string;
};

/** Asks for what an act needs: whom it goes to, and why. Ctrl or ⌘ with Enter sends. */
export function ActDialog(props: ActDialogProps) {
  const { comment, choose, pending, error } = props;
  const choices = choose?.choices ?? none;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Answer['chosen']>(() => onlyCandidate(choices));
  const [tried, setTried] = useState(false);
  const answer: Answer = { text, chosen };
  const missing = missingOf(choices, comment, answer);
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (missing.size > 0 || pending) return;
    props.onSubmit({ comment: text.trim() || undefined, assignees: assigneesOf(choices, answer) });
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };
  if (props.overtaken) {
    return (
      <Dialog title={props.title} onClose={props.onClose}>
        <OvertakenNote overtaken={props.overtaken} text={text.trim()} onClose={props.onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className={classes.form} onSubmit={send} onKeyDown={keys} noValidate>
        {props.intro && <div className={classes.intro}>{props.intro}</div>}
        {choose && <Choices choose={choose} chosen={chosen} onChosen={setChosen} missing={tried ? missing : nobody} />}
        {props.children}
        {comment !== 'none' && (
          <Textarea
            label={props.commentLabel ?? (comment === 'required' ? 'Reason' : 'Comment')}
            description={comment === 'required' ? 'Everybody who sees the request reads it.' : undefined}
            required={comment === 'required'}
            autosize
            minRows={3}
            maxRows={10}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={tried && missing.has('comment') ? 'Say why.' : undefined}
            data-autofocus={choices.length === 0 || undefined}
          />
        )}
        <Refusal error={error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={pending}
            color={props.tone === 'red' ? 'red.9' : undefined}
            variant={props.tone === 'default' ? 'default' : 'filled'}
          >
            {props.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
const none: Choice[] = [];
const nobody = new Set<string>();

type ChoicesProps = {
  choose: Choosing;
  chosen: Answer['chosen'];
  onChosen: (chosen: Answer['chosen']) => void;
  missing: Set<string>;
};

function Choices({ choose, chosen, onChosen, missing }: ChoicesProps) {
  return choose.choices.map((choice) => (
    <CandidatePicker
      key={choice.step_id}
      label={choose.label?.(choice) ?? `Assign ${choice.step_name} to`}
      required
      candidates={choice.candidates}
      more={choice.more}
      source={choose.source(choice)}
      values={choose.values}
      value={chosen[choice.step_id]}
      onChange={(person) => onChosen({ ...chosen, [choice.step_id]: person })}
      error={missing.has(choice.step_id) ? 'Choose a person.' : undefined}
    />
  ));
}
