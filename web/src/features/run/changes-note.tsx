import { Button } from '@mantine/core';
import type { Run } from '@/api/types';
import { jumpTo } from '@/components/form-renderer';
import { Banner } from '@/ui/feedback';
import classes from './changes-note.module.css';

const since: Record<string, string> = {
  decision: 'since you last acted',
  round: 'since the last round',
  start: 'since it was sent',
};

/** Which fields differ from what the reader last knew; each name leads to its field. */
export function ChangesNote({ run, reveal }: { run: Run; reveal: (field: string) => void }) {
  const changed = run.form.fields.filter((field) => run.changes?.[field.name]);
  if (changed.length === 0) return null;
  const count = changed.length === 1 ? 'One field has changed' : `${changed.length} fields have changed`;
  return (
    <div className={classes.note}>
      <Banner tone="amber" title={`${count} ${since[run.changes_since ?? ''] ?? 'in the meantime'}`}>
        <span className={classes.fields}>
          {changed.slice(0, most).map((field) => (
            <Button
              key={field.name}
              className={classes.field}
              variant="default"
              size="compact-xs"
              onClick={() => jumpTo(field.name, reveal)}
            >
              {field.label}
            </Button>
          ))}
          {changed.length > most && <span>and {changed.length - most} more, marked below</span>}
        </span>
      </Banner>
    </div>
  );
}
const most = 6;
