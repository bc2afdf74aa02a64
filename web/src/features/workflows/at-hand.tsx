import { Link } from '@tanstack/react-router';
import type { WorkflowSummary } from '@/api/types';
import { WorkflowIcon } from '@/components/workflow-icon';
import { Moment } from '@/ui/time';
import classes from './at-hand.module.css';
import { Star } from './star';

type AtHandProps = { workflows: WorkflowSummary[]; onToggle: (workflow: WorkflowSummary) => void };

/** What the reader keeps at hand, and what they started lately: one press from the landing page to the form. */
export function AtHand({ workflows, onToggle }: AtHandProps) {
  if (workflows.length === 0) return null;
  return (
    <section aria-labelledby="at-hand" className={classes.section}>
      <h2 id="at-hand" className={classes.title}>
        At hand
      </h2>
      <ul className={classes.list}>
        {workflows.map((workflow) => (
          <li key={workflow.id} className={classes.item}>
            <WorkflowIcon workflow={workflow} size={28} />
            <span className={classes.words}>
              <Link
                to={workflow.can.start ? '/workflows/$workflow/start' : '/workflows/$workflow'}
                params={{ workflow: workflow.key }}
                className={classes.link}
                title={workflow.name}
              >
                {workflow.name}
              </Link>
              <span className={classes.quiet}>
                {workflow.started_at ? (
                  <>
                    You asked <Moment at={workflow.started_at} />
                  </>
                ) : (
                  'Favourite'
                )}
              </span>
            </span>
            <Star workflow={workflow} onToggle={onToggle} />
          </li>
        ))}
      </ul>
    </section>
  );
}
