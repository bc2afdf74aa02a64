import { Button, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { ApiError } from '@/api/errors';
import type { Assignees, Choice, Values } from '@/api/types';
import { Dialog } from '@/ui/dialog';
import { Refusal } from '../query-state';
import { CandidatePicker, type CandidateSource, CandidatesPicker } from '../user-picker';
import classes from './act-dialog.module.css';
import { type Answer, assigneesOf, type Chosen, missingOf, onlyCandidate } from './answer';
import { type Overtaken, OvertakenNote } from './overtaken';

export type ActDialogProps = {
  title: string;
  intro?: ReactNode;
  /** What the button says. */
  submit: string;
  tone?: 'accent' | 'red' | 'default';
  comment: 'required' | 'optional' | 'none';
  commentLabel?: string;
  /** Said below the label of the comment. */
  commentHelp?: string;
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
  const [chosen, setChosen] = useState<Chosen>(() => onlyCandidate(choices));
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
            description={
              props.commentHelp ?? (comment === 'required' ? 'Everybody who sees the request reads it.' : undefined)
            }
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
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
  missing: Set<string>;
};

function Choices({ choose, chosen, onChosen, missing }: ChoicesProps) {
  return choose.choices.map((choice, i) => {
    const { step_id, many } = choice;
    const people = chosen[step_id] ?? [];
    const props = {
      label: choose.label?.(choice) ?? `Assign ${choice.step_name} to`,
      required: true,
      first: i === 0,
      candidates: choice.candidates,
      more: choice.more,
      source: choose.source(choice),
      values: choose.values,
    };
    const error = missing.has(step_id);
    if (many)
      return (
        <CandidatesPicker
          key={step_id}
          {...props}
          value={people}
          onChange={(next) => onChosen({ ...chosen, [step_id]: next })}
          error={error ? 'Choose who is asked.' : undefined}
        />
      );
    return (
      <CandidatePicker
        key={step_id}
        {...props}
        value={people[0]}
        onChange={(person) => onChosen({ ...chosen, [step_id]: person ? [person] : [] })}
        error={error ? 'Choose a person.' : undefined}
      />
    );
  });
}
