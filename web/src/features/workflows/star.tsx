import { ActionIcon } from '@mantine/core';
import type { WorkflowSummary } from '@/api/types';
import { IconStar, IconStarFilled } from '@/ui/icons';
import classes from './star.module.css';

type StarProps = { workflow: WorkflowSummary; onToggle: (workflow: WorkflowSummary) => void };

/** Keeps a workflow at hand. The name stays the same; whether it is pressed says the rest. */
export function Star({ workflow, onToggle }: StarProps) {
  const on = workflow.favourite === true;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className={classes.star}
      data-on={on || undefined}
      aria-pressed={on}
      aria-label={`Keep ${workflow.name} at hand`}
      title={on ? 'One of your favourites' : 'Keep at hand'}
      onClick={() => onToggle(workflow)}
    >
      {on ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} stroke={1.7} aria-hidden />}
    </ActionIcon>
  );
}
