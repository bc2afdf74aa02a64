import type { Definition, DocumentStep } from '@/api/types';
import {
  furtherWords,
  type Labels,
  labelsOf,
  leadsTo,
  stepKind,
  stepName,
  whoDecides,
} from '@/components/definition-words';
import type { FlowMark } from '@/components/flow-graph';
import { previewForm } from '@/components/form-renderer/preview';
import { durationWords } from '@/lib/durations';
import {
  IconArrowRight,
  IconArrowsJoin2,
  IconArrowsSplit2,
  IconCheck,
  IconListDetails,
  IconPlayerPlay,
  IconUsers,
} from '@/ui/icons';
import classes from './step-outline.module.css';

const icons: Record<string, React.ReactNode> = {
  start: <IconPlayerPlay size={15} stroke={1.8} />,
  task: <IconUsers size={15} stroke={1.8} />,
  fork: <IconArrowsSplit2 size={15} stroke={1.8} />,
  join: <IconArrowsJoin2 size={15} stroke={1.8} />,
  end: <IconCheck size={15} stroke={2} />,
};

type Waiting = Record<string, FlowMark>;
type StepOutlineProps = {
  document: Definition;
  selected?: string;
  waiting?: Waiting;
  /** What the workflows are called that it starts, by key. */
  starts?: Record<string, string>;
};

/** The steps one below the other: who decides, what is asked for, how long it may take, where it leads. */
export function StepOutline({ document, selected, waiting = {}, starts = {} }: StepOutlineProps) {
  const steps = document.steps ?? [];
  const labels = labelsOf(document);
  const names = (id: string | undefined) => {
    const step = steps.find((s) => s.id === id);
    return step ? stepName(step) : (id ?? '');
  };
  return (
    <ol className={classes.list}>
      {steps.map((step) => (
        <Step
          key={step.id}
          step={step}
          names={names}
          labels={labels}
          workflows={(key) => starts[key] ?? key}
          asks={asks(document, step)}
          selected={step.id === selected}
          waiting={waiting[step.id]?.count}
        />
      ))}
    </ol>
  );
}

type StepProps = {
  step: DocumentStep;
  names: (id: string | undefined) => string;
  labels: Labels;
  workflows: Labels;
  asks: { must: string[]; may: string[] };
  selected: boolean;
  waiting: number | undefined;
};

function Step({ step, names, labels, workflows, asks: { must, may }, selected, waiting }: StepProps) {
  const decides = whoDecides(step, names, labels);
  const ways = leadsTo(step, names, labels);
  // What a step does by itself comes before where that leads, what people cannot do after what they can.
  const further = furtherWords(step, labels, workflows).map((words) => (
    <p key={words} className={classes.about}>
      {words}
    </p>
  ));
  return (
    <li className={classes.step} data-type={step.type} data-selected={selected || undefined}>
      <span className={classes.icon} aria-hidden>
        {icons[step.type] ?? <IconListDetails size={15} stroke={1.8} />}
      </span>
      <div className={classes.body}>
        <h3 className={classes.name}>
          {stepName(step)} <span className={classes.kind}>{stepKind[step.type] ?? step.type}</span>
          {waiting && <span className={classes.waiting}>{waiting} waiting</span>}
        </h3>
        {step.description && <p className={classes.about}>{step.description}</p>}
        {decides && (
          <p className={classes.who}>
            {decides.who}
            {decides.rule && <code className={classes.rule}>{decides.rule}</code>}
          </p>
        )}
        {decides?.groups && (
          <ul className={classes.groups}>
            {decides.groups.map((group) => (
              <li key={group.name}>
                <b>{group.name}</b>: {group.who}
                {group.rule && <code className={classes.rule}>{group.rule}</code>}
              </li>
            ))}
          </ul>
        )}
        {must.length > 0 && <p className={classes.about}>Asks for {listed(must)}.</p>}
        {may.length > 0 && (
          <p className={classes.about}>
            {must.length > 0 ? 'Also open' : 'Open'} to change: {listed(may)}.
          </p>
        )}
        {step.sla?.limit && <p className={classes.about}>Within {durationWords(step.sla.limit)}</p>}
        {step.type !== 'task' && further}
        {ways.length > 0 && (
          <ul className={classes.ways}>
            {ways.map((way) => (
              <li key={way.key}>
                <IconArrowRight size={13} stroke={1.8} aria-hidden />
                <span>
                  <b>{way.name}</b>
                  {way.name !== way.to && <> to {way.to}</>}
                  {way.about && <span className={classes.about}> {way.about}</span>}
                </span>
              </li>
            ))}
          </ul>
        )}
        {step.type === 'task' && <p className={classes.about}>{builtins(step)}</p>}
        {step.type === 'task' && further}
      </div>
    </li>
  );
}

/** The fields somebody fills in at a step, by their labels: those that must be, and those that may. */
function asks(document: Definition, step: DocumentStep): { must: string[]; may: string[] } {
  if (step.type !== 'start' && step.type !== 'task') return { must: [], may: [] };
  const { fields } = previewForm(document, step.id);
  const labels = (mode: string) =>
    fields.filter((field) => field.mode === mode).map((field) => field.label ?? field.name);
  return { must: labels('required'), may: labels('edit') };
}

/** "a, b and c". */
const listed = (words: string[]) => new Intl.ListFormat('en-GB').format(words);

/** What every step of people can do besides, unless its author took it away. */
function builtins(step: DocumentStep): string {
  const ways = [
    !step.reject?.off && !step.transitions?.some((t) => t.kind === 'reject') && (step.reject?.name || 'reject'),
    !step.send_back?.off && (step.send_back?.name || 'send back'),
  ].filter(Boolean);
  return ways.length > 0 ? `Can also ${ways.join(' and ').toLowerCase()}.` : '';
}
