import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import type { RunRow, TaskRow } from '@/api/types';
import { People, PersonChip } from '@/components/person';
import { RunState } from '@/components/status';
import { WorkflowIcon } from '@/components/workflow-icon';
import { IconBell } from '@/ui/icons';
import { Moment } from '@/ui/time';
import { aboutTask } from './about-task';
import { Claim, ThrowAway } from './line-acts';
import type { Line } from './lines';
import type { ListProps } from './list';
import { useRest } from './rest';
import classes from './row.module.css';

type RowProps = Omit<ListProps, 'lines' | 'label' | 'onEnd' | 'more' | 'focus'> & { line: Line };

/** One line. A click shows it beside the list where there is room; Enter, and a click elsewhere, opens its page. */
export function Row(props: RowProps) {
  const { line, selected, beside, marked, marking, onMark } = props;
  const { task, run } = line;
  const { press, ...resting } = usePress(props);
  const about = task ?? run;
  if (!about) return null;
  const isMarked = marked.has(line.key);
  return (
    <div
      className={classes.row}
      data-beside={beside ? '' : undefined}
      data-selected={beside && selected === line.key ? '' : undefined}
      data-marked={isMarked ? '' : undefined}
      data-marking={marking ? '' : undefined}
      data-unread={task?.unread && onMark ? '' : undefined}
      {...resting}
    >
      <span className={classes.icon}>
        <WorkflowIcon workflow={about.workflow} />
      </span>
      {onMark && (
        <Checkbox
          className={classes.mark}
          size="sm"
          aria-label={`Select ${line.ref}`}
          checked={isMarked}
          onChange={() => {}}
          onClick={(event) => onMark(line.key, event.shiftKey)}
          tabIndex={marking ? 0 : -1}
        />
      )}
      <span className={classes.main}>
        <span className={classes.title}>
          <TitleLink line={line} current={beside && selected === line.key} onClick={press} />
          {about.number && <span className={classes.number}>{about.number}</span>}
        </span>
        <span className={classes.about}>{task ? aboutTask(task) : run && aboutRun(run)}</span>
        {task && <Notes task={task} />}
      </span>
      <span className={classes.who}>{task ? <WhoTask task={task} /> : run && <WhoRun run={run} />}</span>
      <span className={classes.when}>
        <Moment at={task ? task.assigned_at : (run?.ended_at ?? run?.started_at ?? run?.modified_at ?? '')} span />
      </span>
      <LineAct line={line} />
    </div>
  );
}

/** What is to be known beside what it is about: that somebody reminded of it, that something went another way. */
function Notes({ task: { nudged_at: nudged, warning } }: { task: TaskRow }) {
  return (
    <>
      {nudged && (
        <span className={classes.reminded}>
          <IconBell size={13} stroke={1.8} aria-hidden /> Reminded <Moment at={nudged} />
        </span>
      )}
      {warning && <span className={classes.warning}>{warning}</span>}
    </>
  );
}

/** What can be done with a line as it stands. */
function LineAct({ line: { task, run } }: { line: Line }) {
  const act = task?.can.claim ? <Claim task={task} /> : run?.status === 'draft' ? <ThrowAway run={run} /> : undefined;
  return act && <span className={classes.action}>{act}</span>;
}

/** What a press of the line means: marking it, showing it beside the list, or opening its page. */
function usePress({ line, beside, marking, onMark, onRest, onSelect, onOpen }: RowProps) {
  const { rested, ...resting } = useRest(onRest && (() => onRest(line)));
  const press = (event: MouseEvent) => {
    // The click with which a finger leaves is no press of its own.
    if (rested()) return event.preventDefault();
    if (marking && onMark) {
      event.preventDefault();
      onMark(line.key, event.shiftKey);
      return;
    }
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    // A press of Enter is a click without a place.
    if (beside && event.detail > 0) {
      event.preventDefault();
      onSelect(line);
    } else onOpen(line);
  };
  return { press, ...resting };
}

type TitleProps = { line: Line; current: boolean; onClick: (event: MouseEvent) => void };

function TitleLink({ line: { key, ref, task, run }, current, onClick }: TitleProps) {
  if (run?.status === 'draft') {
    return (
      <Link
        to="/workflows/$workflow/start"
        params={{ workflow: run.workflow.key }}
        search={{ draft: run.id }}
        data-row-link={key}
      >
        {run.title || run.workflow.name}
      </Link>
    );
  }
  return (
    <Link
      to="/runs/$run"
      params={{ run: ref }}
      data-row-link={key}
      aria-current={current ? 'true' : undefined}
      onClick={onClick}
    >
      {task?.unread && <span className="hs-visually-hidden">Unread: </span>}
      {task?.title ?? run?.title}
    </Link>
  );
}

function aboutRun(run: RunRow): string {
  if (run.status === 'draft') return run.title && run.title !== run.workflow.name ? run.workflow.name : 'Not sent yet';
  const where = [run.title !== run.workflow.name && run.workflow.name, ...run.step_names].filter(Boolean).join(' · ');
  return where || run.workflow.group || 'Request';
}

const With = ({ children }: { children: ReactNode }) => (
  <span className={classes.with}>
    <span className="hs-visually-hidden">With </span>
    {children}
  </span>
);

function WhoTask({ task }: { task: TaskRow }) {
  if (!task.assignee) return <PersonChip person={task.initiator} />;
  return (
    <With>
      <PersonChip person={task.assignee} />
    </With>
  );
}

function WhoRun({ run }: { run: RunRow }) {
  if (run.status === 'draft') return null;
  if (run.holders.length === 0) return <RunState run={run} />;
  return (
    <With>
      <People people={run.holders} />
    </With>
  );
}
