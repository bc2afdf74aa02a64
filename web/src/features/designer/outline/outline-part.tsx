import { ActionIcon, Menu } from '@mantine/core';
import { ReactFlowProvider } from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { labelsOf, ruleWords, stepKind, whoDecides } from '@/components/definition-words';
import {
  connect,
  connectRefusal,
  type Definition,
  type DocumentStep,
  type DocumentTransition,
  moveStep,
  moveTransition,
  presets,
  removeSteps,
  removeTransition,
  type Selection,
  stepOf,
  stepsOf,
  titled,
} from '@/lib/definition';
import { IconAlertTriangle, IconArrowRight, IconPlus, IconTrash } from '@/ui/icons';
import page from '../designer.module.css';
import { useEditor } from '../editor';
import { addBehind } from '../flow/adapter';
import { Settings } from '../flow/settings';
import { FlowProvider } from '../flow/use-flow';
import { Panel } from '../panel';
import { problemsAt } from '../problems';
import classes from './outline.module.css';

/** The steps and their ways as a list, with the same settings as on the canvas: everything without a mouse. */
export function OutlinePart() {
  return (
    <ReactFlowProvider>
      <FlowProvider>
        <div className={page.body}>
          <div className={page.sheet}>
            <div className={page.sheetInner}>
              <h2 className="hs-visually-hidden">Outline</h2>
              <Steps />
            </div>
          </div>
          <Panel side="right" label="Settings">
            <div id="outline-settings">
              <Settings />
            </div>
          </Panel>
        </div>
      </FlowProvider>
    </ReactFlowProvider>
  );
}

const nameOf = (step: DocumentStep) => step.name || titled(step.id);
const same = (a: Selection, b: Selection) => JSON.stringify(a) === JSON.stringify(b);

function Steps() {
  const { doc } = useEditor();
  const list = useRef<HTMLOListElement>(null);
  /** Arrow keys go from row to row; Tab goes through what a row offers. */
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (!by || !here || event.altKey || event.defaultPrevented) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const next = rows[rows.indexOf(here) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <p className={page.hint} id="outline-help">
        Arrow keys go from line to line, Alt with them moves a line, Delete removes it, Enter goes to its settings.
      </p>
      <ol ref={list} className={classes.steps} aria-label="Steps" onKeyDown={walk}>
        {stepsOf(doc).map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an id follows its step's name, and the line with the focus must not go
          <Step key={i} step={step} />
        ))}
      </ol>
      <AddStep />
    </>
  );
}

/** A line: what it is, chosen by focus or press, with its keys. */
function Row({ selection, label, onMove, onRemove, children }: RowProps) {
  const { selection: chosen, select } = useEditor();
  const row = useRef<HTMLButtonElement>(null);
  const id = JSON.stringify(selection);
  // The step got another id while its line has the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when what the line stands for changes
  useEffect(() => {
    if (row.current === document.activeElement) select(selection);
  }, [id]);
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.altKey && by) onMove?.(by);
    else if (event.key === 'Delete' || event.key === 'Backspace') onRemove?.();
    else if (event.key === 'Enter') toSettings();
    else return;
    event.preventDefault();
  };
  return (
    <button
      ref={row}
      type="button"
      data-row
      className={classes.row}
      aria-label={label}
      aria-pressed={same(chosen, selection)}
      aria-describedby="outline-help"
      onFocus={() => select(selection)}
      onClick={() => select(selection)}
      onKeyDown={keys}
    >
      {children}
    </button>
  );
}
type RowProps = {
  selection: Selection;
  label: string;
  onMove?: (by: number) => void;
  onRemove?: () => void;
  children: ReactNode;
};

/** The settings follow what is chosen a moment later. */
function toSettings() {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('#outline-settings :is(input, textarea, select, button)')?.focus();
  });
}

function Step({ step }: { step: DocumentStep }) {
  const { doc, edit, problems } = useEditor();
  const names = (id: string | undefined) => {
    const found = stepOf(doc, id ?? '');
    return found ? nameOf(found) : (id ?? '');
  };
  const about = whoDecides(step, names, labelsOf(doc))?.who ?? stepKind[step.type];
  const wrong = problemsAt(problems, `steps.${step.id}`);
  const move = (by: number) => {
    edit((d) => moveStep(d, step.id, by));
    focusRow(`steps ${step.id}`);
  };
  const remove = () => {
    const steps = stepsOf(doc);
    const i = steps.findIndex((s) => s.id === step.id);
    const next = steps[i + 1] ?? steps[i - 1];
    edit((d) => removeSteps(d, [step.id]), { select: next ? { kind: 'steps', ids: [next.id] } : { kind: 'workflow' } });
    focusRow(next ? `steps ${next.id}` : undefined);
  };
  return (
    <li className={classes.step}>
      <div className={classes.line} data-line={`steps ${step.id}`}>
        <Row
          selection={{ kind: 'steps', ids: [step.id] }}
          label={[nameOf(step), about, ...wrong.map((p) => p.message)].filter(Boolean).join('. ')}
          onMove={move}
          onRemove={step.type === 'start' ? undefined : remove}
        >
          <b>{nameOf(step)}</b>
          <span className={classes.about}>{about}</span>
          {wrong.length > 0 && <IconAlertTriangle size={16} aria-hidden className={page.amber} />}
        </Row>
        {step.type !== 'end' && <AddWay step={step} />}
        {step.type !== 'start' && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${nameOf(step)}`} onClick={remove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {(step.transitions?.length ?? 0) > 0 && (
        <ol className={classes.ways} aria-label={`Ways on from ${nameOf(step)}`}>
          {step.transitions?.map((way) => (
            <Way key={way.id} step={step} way={way} to={names(way.to)} />
          ))}
        </ol>
      )}
    </li>
  );
}

function Way({ step, way, to }: { step: DocumentStep; way: DocumentTransition; to: string }) {
  const { doc, edit } = useEditor();
  const name = way.name && way.name !== to ? way.name : '';
  const when = way.when ? `when ${ruleWords(way.when, labelsOf(doc))}` : '';
  const remove = () => {
    edit((d) => removeTransition(d, step.id, way.id), { select: { kind: 'steps', ids: [step.id] } });
    focusRow(`steps ${step.id}`);
  };
  return (
    <li className={classes.line}>
      <Row
        selection={{ kind: 'transition', step: step.id, id: way.id }}
        label={[name, `to ${to}`, when].filter(Boolean).join(', ')}
        onMove={(by) => edit((d) => moveTransition(d, step.id, way.id, by))}
        onRemove={remove}
      >
        <IconArrowRight size={15} aria-hidden className={classes.arrow} />
        <span>{name ? `${name}: ${to}` : to}</span>
        {when && <span className={classes.about}>{when}</span>}
      </Row>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove the way to ${to}`} onClick={remove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** After a line is gone the next one has the focus. */
function focusRow(line: string | undefined) {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-line="${line}"] [data-row]`)?.focus();
  });
}

function AddWay({ step }: { step: DocumentStep }) {
  const { doc, edit } = useEditor();
  const targets = stepsOf(doc).filter((target) => !connectRefusal(doc, step.id, target.id));
  if (targets.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Add a way on from ${nameOf(step)}`}>
          <IconArrowRight size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Leads to</Menu.Label>
        {targets.map((target) => (
          <Menu.Item
            key={target.id}
            onClick={() => {
              const { id } = connect(doc, step.id, target.id);
              edit(
                (d) => connect(d, step.id, target.id).doc,
                id ? { select: { kind: 'transition', step: step.id, id } } : {},
              );
            }}
          >
            {nameOf(target)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** In the list, too, a step stands behind the one it was added to, with what comes with it. */
function listed({ doc, id }: { doc: Definition; id: string }, after: string | undefined) {
  const ids = stepsOf(doc).map((s) => s.id);
  const [from, to] = [ids.indexOf(id), ids.indexOf(after ?? '')];
  if (to < 0 || from <= to) return { doc, id };
  const fresh = ids.slice(from);
  return { doc: fresh.reduce((out, added) => moveStep(out, added, to + 1 - from), doc), id };
}

/** Puts a ready step behind the one that is chosen. */
function AddStep() {
  const { doc, edit, selection } = useEditor();
  const after =
    selection.kind === 'steps' ? selection.ids[0] : selection.kind === 'transition' ? selection.step : undefined;
  const behind = after === undefined ? undefined : stepOf(doc, after);
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.add}>
          <IconPlus size={16} aria-hidden />
          {behind && behind.type !== 'end' ? `Add a step after ${nameOf(behind)}` : 'Add a step'}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.map((preset) => (
          <Menu.Item
            key={preset.id}
            onClick={() => {
              const { doc: next, id } = listed(addBehind(doc, preset, {}, after), after);
              edit(() => next, { select: { kind: 'steps', ids: [id] } });
              focusRow(`steps ${id}`);
            }}
          >
            {preset.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
