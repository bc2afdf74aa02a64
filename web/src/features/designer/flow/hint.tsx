import { stepsOf } from '@/lib/definition';
import { IconHandGrab } from '@/ui/icons';
import { useEditor } from '../editor';
import classes from './flow.module.css';

/** What to do first, as long as nobody is asked anything. It goes by itself. */
export function Hint() {
  const { doc } = useEditor();
  if (stepsOf(doc).some((s) => s.type !== 'start' && s.type !== 'end')) return null;
  return (
    <div className={classes.hint}>
      <IconHandGrab size={20} aria-hidden />
      <div>
        <strong>Who decides first?</strong>
        <p>
          Drag a step from the left onto the arrow, such as the approval by the <b>manager</b>. Double-click puts it
          there, too.
        </p>
      </div>
    </div>
  );
}
