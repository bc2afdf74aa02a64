import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Banner } from '@/ui/feedback';
import { commandKey } from '@/ui/hotkeys';
import { say } from '@/ui/toast';
import classes from './act-dialog.module.css';

/** What was asked for can no longer be done, as somebody did something else. */
export type Overtaken = {
  title: string;
  /** Who did what, and when, as a sentence. */
  what: string;
  /** Whether what was written arrived all the same. */
  arrived: (text: string) => boolean;
  /** Says it as a comment instead; absent where nothing can be said. */
  comment?: (text: string) => void;
  pending: boolean;
};

type OvertakenNoteProps = { overtaken: Overtaken; text: string; onClose: () => void };

/** Takes the place of the question: what happened, and what was written, which is not lost. */
export function OvertakenNote({ overtaken, text, onClose }: OvertakenNoteProps) {
  const note = useRef<HTMLFieldSetElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  // On nothing that a key in the middle of a word could press.
  useEffect(() => note.current?.focus(), []);
  const lost = text !== '' && !overtaken.arrived(text);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied.');
    } catch {
      // Browsers give the clipboard to secure addresses alone.
      area.current?.select();
      say(`Marked: press ${commandKey} C to copy it.`);
    }
  };
  return (
    <fieldset
      ref={note}
      className={classes.overtaken}
      tabIndex={-1}
      aria-label={`${overtaken.title}. ${overtaken.what}`}
    >
      <Banner tone="amber" title={overtaken.title}>
        {overtaken.what} {lost && 'What you wrote was not sent.'}
      </Banner>
      {lost && <Textarea ref={area} label="What you wrote" readOnly autosize minRows={2} maxRows={10} value={text} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {lost && (
          <Button variant="default" onClick={() => void copy()}>
            Copy the text
          </Button>
        )}
        {lost && overtaken.comment && (
          <Button loading={overtaken.pending} onClick={() => overtaken.comment?.(text)}>
            Send as a comment
          </Button>
        )}
      </div>
    </fieldset>
  );
}
