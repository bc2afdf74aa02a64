import { Button } from '@mantine/core';
import classes from './marking-head.module.css';

/** The visible way to decide several where neither a key nor a resting mouse shows one. */
export function MarkingHead({ marking, onChange }: { marking: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className={classes.head}>
      <span>{marking && 'Press what you want to decide together.'}</span>
      <Button variant="subtle" aria-pressed={marking} onClick={() => onChange(!marking)}>
        {marking ? 'Done' : 'Select'}
      </Button>
    </div>
  );
}
