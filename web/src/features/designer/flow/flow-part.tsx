import { ReactFlowProvider } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { stepOf, stepsOf, titled, transitionOf } from '@/lib/definition';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { Panel } from '../panel';
import { Canvas } from './canvas';
import classes from './flow.module.css';
import { Palette } from './palette';
import { Settings } from './settings';
import { FlowProvider, useActs, useFlow } from './use-flow';

/** The steps and arrows on a canvas, the steps to choose from on its left, the settings of what is chosen on its right. */
export function FlowPart() {
  return (
    <ReactFlowProvider>
      <FlowProvider>
        <h2 className="hs-visually-hidden">Flow</h2>
        <div className={page.body}>
          <Panel side="left" label="Steps">
            <Palette />
          </Panel>
          <Canvas />
          <SettingsPanel />
        </div>
      </FlowProvider>
    </ReactFlowProvider>
  );
}

function SettingsPanel() {
  const acts = useActs();
  const { chosen } = useFlow();
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => acts.holdPanel(holder.current), [acts]);
  const back = (event: React.KeyboardEvent) => {
    const id = chosen[0];
    if (event.key !== 'Escape' || event.defaultPrevented || !id) return;
    acts.focus(id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes back to the step
    <div ref={holder} className={classes.holder} onKeyDown={back}>
      <Panel side="right" label="Settings" title={<Title />}>
        <div data-settings>
          <Settings />
        </div>
      </Panel>
    </div>
  );
}

const kinds: Record<string, string> = {
  start: 'Start',
  task: 'Step',
  condition: 'Condition',
  fork: 'At the same time',
  join: 'Where they meet',
  workflow: 'Another workflow',
  end: 'End',
};

function Title() {
  const { doc, selection } = useEditor();
  const { chosen } = useFlow();
  if (selection.kind === 'transition' && transitionOf(doc, selection.step, selection.id)) return 'Arrow';
  if (chosen.length > 1) return `${chosen.length} steps of ${stepsOf(doc).length}`;
  const step = chosen[0] === undefined ? undefined : stepOf(doc, chosen[0]);
  return step ? (kinds[step.type] ?? titled(step.type)) : 'Workflow';
}
