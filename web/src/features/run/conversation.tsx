import { Button, Textarea } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ApiError } from '@/api/errors';
import { outdate, read, readPages, rowsOf, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { QueryState, Refusal } from '@/components/query-state';
import { PendingComment, RunTimeline } from '@/components/run-timeline';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import { commandKey } from '@/ui/hotkeys';
import { MoreButton } from '@/ui/more-button';
import classes from './conversation.module.css';

const useHistory = (run: Run) => useInfiniteQuery(readPages('runs.history', { run_id: run.id, limit: 100 }));

/** What is known of the history so far, for who else needs it. */
export const useHistoryItems = (run: Run) => rowsOf<'runs.history'>(useHistory(run).data);

/** The id of the box in which comments are written, to put the reader there. */
export const commentBox = 'comment-box';

/** What happened and what was said, in one line of time, with a place to say more. */
export function Conversation({ run }: { run: Run }) {
  const history = useHistory(run);
  const { data: me } = useQuery(read('me.get', {}));
  const comment = useComment(run);
  return (
    <Card title="History">
      <QueryState
        query={{ ...history, data: rowsOf<'runs.history'>(history.data) }}
        what="The history"
        loading={<LoadingRows rows={3} label="Loading the history" />}
      >
        {(items) => (
          <>
            <RunTimeline items={items}>
              {comment.pending && <PendingComment by={me?.user} text={comment.pending} />}
            </RunTimeline>
            <MoreButton query={history} />
          </>
        )}
      </QueryState>
      {run.can.comment && <CommentBox comment={comment} />}
    </Card>
  );
}

/** A comment stands in the history as soon as it is sent; refused, it is back in the box. */
function useComment(run: Run) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [pending, setPending] = useState<string>();
  const [error, setError] = useState<ApiError | null>(null);
  const add = useAct('comments.add', {
    onSuccess: async () => {
      await outdate(client, 'runs.history');
      setPending(undefined);
    },
    onError: (refused) => {
      setText((typed) => [pending, typed].filter(Boolean).join('\n'));
      setPending(undefined);
      setError(refused);
    },
  });
  const send = () => {
    const said = text.trim();
    if (!said || pending) return;
    setText('');
    setError(null);
    setPending(said);
    add.mutate({ run_id: run.id, text: said });
  };
  return { text, setText, pending, error, send };
}

function CommentBox({ comment: { text, setText, pending, error, send } }: { comment: ReturnType<typeof useComment> }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Textarea
        id={commentBox}
        aria-label="Comment"
        placeholder="Write a comment"
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <Refusal error={error} />
      <div className={classes.buttons}>
        <span className={classes.hint} aria-hidden>
          {commandKey} Enter
        </span>
        <Button type="submit" size="compact-sm" variant="default" disabled={!text.trim() || pending !== undefined}>
          Comment
        </Button>
      </div>
    </form>
  );
}
