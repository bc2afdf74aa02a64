import { ActionIcon, Button, Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { asApiError } from '@/api/errors';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Banner } from '@/ui/feedback';
import { commandKey } from '@/ui/hotkeys';
import { IconAlertTriangle, IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconCheck } from '@/ui/icons';
import { usePageTitle } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { say } from '@/ui/toast';
import classes from './designer.module.css';
import { type Editor, useEditor } from './editor';
import { ProblemList } from './problem-list';

const PublishDialog = lazy(() => import('./publish-dialog').then((m) => ({ default: m.PublishDialog })));

const parts = [
  { to: '/workflows/$workflow/edit', name: 'Flow', exact: true },
  { to: '/workflows/$workflow/edit/form', name: 'Form' },
  { to: '/workflows/$workflow/edit/outline', name: 'Outline' },
  { to: '/workflows/$workflow/edit/settings', name: 'Preferences' },
  { to: '/workflows/$workflow/edit/text', name: 'Text' },
  { to: '/workflows/$workflow/edit/try', name: 'Try it' },
  { to: '/workflows/$workflow/edit/versions', name: 'Versions' },
] as const;

/** What is drawn, from which side, whether it is saved, and what keeps it from being published. */
export function TopBar() {
  const editor = useEditor();
  const { workflow, doc, saving } = editor;
  const name = doc.name || workflow.name;
  const params = { workflow: workflow.key };
  usePageTitle(`Edit ${name}`, nothing);
  return (
    <>
      <header className={classes.top}>
        <Link to="/workflows/$workflow" params={params} className={classes.back} aria-label={`Back to ${name}`}>
          <IconArrowLeft size={18} aria-hidden />
        </Link>
        <h1 className={classes.name}>
          <WorkflowIcon workflow={{ ...workflow, icon: doc.icon }} />
          <span className={classes.words}>{name}</span>
        </h1>
        <State editor={editor} />
        <nav className={classes.parts} aria-label="Parts of the workflow">
          {parts.map((part) => (
            <Link key={part.name} to={part.to} params={params} activeOptions={{ exact: 'exact' in part }}>
              {part.name}
            </Link>
          ))}
        </nav>
        <div className={classes.acts}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Undo"
            title={`Undo (${commandKey} Z)`}
            disabled={!editor.undo}
            onClick={editor.undo}
          >
            <IconArrowBackUp size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Redo"
            title={`Redo (${commandKey} Y)`}
            disabled={!editor.redo}
            onClick={editor.redo}
          >
            <IconArrowForwardUp size={18} aria-hidden />
          </ActionIcon>
          <Problems editor={editor} />
          {workflow.can.publish && <Publish editor={editor} />}
        </div>
      </header>
      {saving.status === 'overtaken' && <Overtaken editor={editor} />}
    </>
  );
}
const nothing = { current: null };

const words = {
  saved: 'Saved',
  changed: 'Saving…',
  saving: 'Saving…',
  failed: 'Not saved',
  overtaken: 'Not saved',
} as const;

function State({ editor: { saving, workflow } }: { editor: Editor }) {
  const { status, error } = saving;
  const bad = status === 'failed' || status === 'overtaken';
  return (
    <span className={classes.state}>
      {workflow.status === 'published' && <Pill tone="green">Version {workflow.version}</Pill>}
      <span role="status" data-bad={bad || undefined} className={classes.saved} title={error?.message}>
        {words[status]}
      </span>
      {status === 'failed' && (
        <Button size="compact-sm" variant="subtle" onClick={() => void saving.flush()}>
          Try again
        </Button>
      )}
    </span>
  );
}

/** Somebody else saved first. Both ways on are the designer's to choose; neither loses anything unasked. */
function Overtaken({ editor: { saving, edit } }: { editor: Editor }) {
  const [busy, setBusy] = useState(false);
  const carryOut = async (act: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      say(asApiError(error).message, 'red');
    }
    setBusy(false);
  };
  const take = async () => {
    const found = await saving.theirs();
    edit(() => found);
    say('This is the other draft. Undo brings yours back.');
  };
  return (
    <div className={classes.notice}>
      <Banner
        tone="amber"
        title="Somebody else changed this draft"
        action={
          <span className={classes.choices}>
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void carryOut(take)}>
              Open the other one
            </Button>
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void carryOut(saving.overwrite)}>
              Keep mine instead
            </Button>
          </span>
        }
      >
        {saving.error?.message}
      </Banner>
    </div>
  );
}

function Problems({ editor }: { editor: Editor }) {
  const [open, setOpen] = useState(false);
  const count = editor.problems.length;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={380} trapFocus shadow="md">
      <Popover.Target>
        <Button
          size="compact-md"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          leftSection={
            count > 0 ? (
              <IconAlertTriangle size={16} className={classes.amber} aria-hidden />
            ) : (
              <IconCheck size={16} className={classes.green} aria-hidden />
            )
          }
        >
          {count === 0 ? 'No problems' : count === 1 ? '1 problem' : `${count} problems`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ProblemList editor={editor} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Publish({ editor }: { editor: Editor }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-md" onClick={() => setOpen(true)}>
        Publish
      </Button>
      <Suspense>{open && <PublishDialog editor={editor} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
