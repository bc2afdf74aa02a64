import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { outdate, useAct } from '@/api/query';
import { Refusal } from '@/components/query-state';
import { Dialog } from '@/ui/dialog';
import { Banner } from '@/ui/feedback';
import { say } from '@/ui/toast';
import classes from './designer.module.css';
import type { Editor } from './editor';
import { ProblemList } from './problem-list';

/** Makes the draft what people start from now on. Requests under way stay on the version they began with. */
export function PublishDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { workflow, saving } = editor;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [note, setNote] = useState('');
  const [unsaved, setUnsaved] = useState(false);
  const publish = useAct('workflows.publish', {
    onSuccess: (made) => {
      void outdate(client, 'workflows.get', 'workflows.list', 'drafts.get', 'versions.list');
      say(`Version ${made.version} of ${made.name} is published.`);
      onClose();
      void navigate({ to: '/workflows/$workflow', params: { workflow: made.key } });
    },
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const all = await saving.flush();
    setUnsaved(!all);
    if (all) publish.mutate({ workflow: workflow.id, note: note.trim() || undefined, revision: saving.revision() });
  };
  const blocked = editor.problems.length > 0;
  return (
    <Dialog title={`Publish ${editor.doc.name}`} onClose={onClose}>
      {blocked ? (
        <div className={classes.dialog}>
          <p>This has to be mended first. Choose a problem to get to its place.</p>
          <ProblemList editor={editor} onDone={onClose} />
        </div>
      ) : (
        <form className={classes.dialog} onSubmit={(event) => void submit(event)}>
          <p>
            {workflow.status === 'published'
              ? 'New requests follow this version from now on. Requests under way stay on theirs, unless you move them from the list of runs.'
              : 'People who may see this workflow can start requests from now on.'}
          </p>
          <Textarea
            label="What changed"
            description="Stands in the list of versions."
            autosize
            minRows={2}
            maxLength={2000}
            data-autofocus
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {unsaved && <Banner tone="red">The draft could not be saved, so nothing was published. Try again.</Banner>}
          <Refusal error={publish.error} />
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={publish.isPending}>
              Publish
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
