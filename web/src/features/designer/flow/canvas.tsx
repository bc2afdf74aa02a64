import '@xyflow/react/dist/base.css';
import { useMediaQuery } from '@mantine/hooks';
import { MiniMap, type NodeChange, ReactFlow, SelectionMode } from '@xyflow/react';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Point } from '@/lib/definition';
import { Asking } from './asking';
import classes from './flow.module.css';
import { Hint } from './hint';
import { Lines } from './lines';
import { StepNode, type StepNodeType } from './step-node';
import { Tools } from './tools';
import { useActs, useFlow } from './use-flow';
import { useClipboard, useKeys } from './use-keys';

const nodeTypes = { step: StepNode };
const several = ['Shift', 'Meta', 'Control'];
const attribution = { hideAttribution: false };

/** Steps and arrows as they are drawn. The document is what counts: the library only shows it and tells what was done. */
export function Canvas() {
  const flow = useFlow();
  const acts = useActs();
  const frame = useRef<HTMLElement>(null);
  const [map, setMap] = useState(false);
  const wide = useMediaQuery('(min-width: 62em)', true);
  const [last, setLast] = useState<string>();
  const nodes = useNodes(last);
  const onNodesChange = useNodeChanges();
  const keys = useKeys();
  useClipboard(frame);
  useLayoutEffect(() => {
    acts.holdCanvas(frame.current);
    // The library calls itself an application, which takes the keys of screen readers away. Its steps are plain buttons.
    frame.current?.querySelector('.react-flow')?.setAttribute('role', 'presentation');
  }, [acts]);
  return (
    <section
      ref={frame}
      className={classes.canvas}
      aria-label="Canvas"
      tabIndex={-1}
      onKeyDown={keys}
      onFocus={(event) => {
        const step = (event.target as HTMLElement).dataset.step;
        if (step) setLast(step);
      }}
    >
      <ReactFlow<StepNodeType>
        nodes={nodes}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onNodeClick={(_, node) => acts.focus(node.id)}
        onNodeDoubleClick={() => acts.openSettings()}
        onPaneClick={() => {
          acts.none();
          frame.current?.focus({ preventScroll: true });
        }}
        nodesFocusable={false}
        nodesConnectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={several}
        selectionMode={SelectionMode.Partial}
        nodeDragThreshold={3}
        zoomOnDoubleClick={false}
        minZoom={0.2}
        maxZoom={1.75}
        onInit={() => acts.showAll(false)}
        proOptions={attribution}
        attributionPosition="bottom-right"
      >
        <Lines />
        {map && wide && (
          <MiniMap
            className={classes.map}
            pannable
            zoomable
            ariaLabel={null}
            nodeBorderRadius={12}
            nodeClassName={(node) => (node.selected ? 'chosen' : '')}
          />
        )}
      </ReactFlow>
      <Hint />
      <Tools map={map} onMap={wide ? () => setMap(!map) : undefined} />
      <Asking />
      <div className="hs-visually-hidden" role="status" aria-live="polite" aria-label="Canvas">
        {flow.said}
      </div>
    </section>
  );
}
/** The steps as the library takes them; the same objects for those that did not change. */
function useNodes(last: string | undefined): StepNodeType[] {
  const { looks, boxes, chosen } = useFlow();
  const before = useRef(new Map<string, StepNodeType>());
  return useMemo(() => {
    const selected = new Set(chosen);
    const stop = [last, chosen[0]].find((id) => id !== undefined && boxes[id]) ?? looks[0]?.id;
    const next = new Map<string, StepNodeType>();
    const out = looks.flatMap((look) => {
      const box = boxes[look.id];
      // Just removed: its look goes a moment later.
      if (!box) return [];
      const old = before.current.get(look.id);
      const same =
        old?.data.look === look &&
        old.data.stop === (look.id === stop) &&
        old.position.x === box.x &&
        old.position.y === box.y &&
        old.selected === selected.has(look.id);
      const size = { width: box.width, height: box.height };
      const node: StepNodeType = same
        ? old
        : {
            id: look.id,
            type: 'step',
            position: { x: box.x, y: box.y },
            data: { look, stop: look.id === stop },
            selected: selected.has(look.id),
            ...size,
            measured: size,
            ariaRole: 'presentation',
            domAttributes: quiet,
          };
      next.set(look.id, node);
      return [node];
    });
    before.current = next;
    return out;
  }, [looks, boxes, chosen, last]);
}
/** The step in it is a button with words of its own. */
const quiet = { 'aria-roledescription': undefined, 'aria-describedby': undefined };

/** What the library tells was done with steps, as changes of the document and of what is chosen. */
function useNodeChanges() {
  const acts = useActs();
  const moving = useRef<Record<string, Point>>(undefined);
  const { chosen } = useFlow();
  const current = useRef(chosen);
  current.current = chosen;
  return useCallback(
    (changes: NodeChange<StepNodeType>[]) => {
      const selected = selectedAfter(current.current, changes);
      if (selected) {
        current.current = selected;
        acts.select(selected);
      }
      const { places, done } = movedBy(changes);
      if (places) moving.current = { ...moving.current, ...places };
      if (!moving.current) return;
      if (!done) {
        acts.setMoving(moving.current);
        return;
      }
      acts.moved(moving.current);
      moving.current = undefined;
    },
    [acts],
  );
}

/** What is chosen after changes; undefined where they change nothing of it. */
function selectedAfter(before: string[], changes: NodeChange<StepNodeType>[]): string[] | undefined {
  const selected = new Set(before);
  let turned = false;
  for (const change of changes) {
    if (change.type !== 'select' || change.selected === selected.has(change.id)) continue;
    turned = true;
    if (change.selected) selected.add(change.id);
    else selected.delete(change.id);
  }
  return turned ? [...selected] : undefined;
}

function movedBy(changes: NodeChange<StepNodeType>[]): { places?: Record<string, Point>; done: boolean } {
  const moves = changes.filter((change) => change.type === 'position');
  const places = moves.flatMap((change): [string, Point][] =>
    change.position ? [[change.id, [change.position.x, change.position.y]]] : [],
  );
  return {
    ...(places.length > 0 && { places: Object.fromEntries(places) }),
    done: moves.some((change) => change.dragging === false),
  };
}
