import { Button, Textarea } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { outdate, readPages, rowsOf, useAct } from '@/api/query';
import type { Run } from '@/api/types';
import { QueryState, Refusal } from '@/components/query-state';
import { RunTimeline } from '@/components/run-timeline';
import { Card } from '@/ui/card';
import { LoadingRows } from '@/ui/feedback';
import { MoreButton } from '@/ui/more-button';
import { say } from '@/ui/toast';
import classes from './conversation.module.css';

/** What happened and what was said, in one line of time, with a place to say more. */
export function Conversation({ run }: { run: Run }) {
  const history = useInfiniteQuery(readPages('runs.history', { run_id: run.id, limit: 100 }));
  return (
    <Card title="History">
      <QueryState
        query={{ ...history, data: rowsOf<'runs.history'>(history.data) }}
        what="The history"
        loading={<LoadingRows rows={3} label="Loading the history" />}
      >
        {(items) => (
          <>
            <RunTimeline items={items} />
            <MoreButton query={history} />
          </>
        )}
      </QueryState>
      {run.can.comment && <CommentBox run={run} />}
    </Card>
  );
}

function CommentBox({ run }: { run: Run }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const add = useAct('comments.add', {
    onSuccess: async () => {
      setText('');
      say('Your comment was added.');
      await outdate(client, 'runs.history');
    },
  });
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() && !add.isPending) add.mutate({ run_id: run.id, text: text.trim() });
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <Textarea
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
      <Refusal error={add.error} />
      <div className={classes.buttons}>
        <Button type="submit" size="compact-sm" variant="default" loading={add.isPending} disabled={!text.trim()}>
          Comment
        </Button>
      </div>
    </form>
  );
}
