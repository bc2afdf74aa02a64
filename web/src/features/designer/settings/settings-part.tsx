import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { WorkflowSettings } from './workflow-settings';

/** What the workflow is called, who may use it, what it asks of whoever cloned it. */
export function SettingsPart() {
  const { doc } = useEditor();
  return (
    <div className={classes.sheet}>
      <div className={classes.sheetInner}>
        <h2 className="hs-visually-hidden">Preferences of {doc.name}</h2>
        <WorkflowSettings />
      </div>
    </div>
  );
}
