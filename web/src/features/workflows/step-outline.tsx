import type { DocumentStep } from '@/api/types';
import { durationWords } from '@/lib/durations';
import { IconArrowRight, IconCheck, IconListDetails, IconPlayerPlay, IconUsers } from '@/ui/icons';
import { leadsTo, stepKind, stepName, whoDecides } from './outline';
import classes from './step-outline.module.css';

const icons: Record<string, React.ReactNode> = {
  start: <IconPlayerPlay size={15} stroke={1.8} />,
  task: <IconUsers size={15} stroke={1.8} />,
  end: <IconCheck size={15} stroke={2} />,
};

/** The steps one below the other: who decides, how long it may take, where it leads. */
export function StepOutline({ steps }: { steps: DocumentStep[] }) {
  const names = (id: string | undefined) => {
    const step = steps.find((s) => s.id === id);
    return step ? stepName(step) : (id ?? '');
  };
  return (
    <ol className={classes.list}>
      {steps.map((step) => (
        <Step key={step.id} step={step} names={names} />
      ))}
    </ol>
  );
}

function Step({ step, names }: { step: DocumentStep; names: (id: string | undefined) => string }) {
  const decides = whoDecides(step, names);
  const ways = leadsTo(step, names);
  return (
    <li className={classes.step} data-type={step.type}>
      <span className={classes.icon} aria-hidden>
        {icons[step.type] ?? <IconListDetails size={15} stroke={1.8} />}
      </span>
      <div className={classes.body}>
        <h3 className={classes.name}>
          {stepName(step)} <span className={classes.kind}>{stepKind[step.type] ?? step.type}</span>
        </h3>
        {step.description && <p className={classes.about}>{step.description}</p>}
        {decides && (
          <p className={classes.who}>
            {decides.who}
            {decides.rule && <code className={classes.rule}>{decides.rule}</code>}
          </p>
        )}
        {step.sla?.limit && <p className={classes.about}>Within {durationWords(step.sla.limit)}</p>}
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
      </div>
    </li>
  );
}

/** What every step of people can do besides, unless its author took it away. */
function builtins(step: DocumentStep): string {
  const ways = [
    !step.reject?.off && !step.transitions?.some((t) => t.kind === 'reject') && (step.reject?.name || 'reject'),
    !step.send_back?.off && (step.send_back?.name || 'send back'),
  ].filter(Boolean);
  return ways.length > 0 ? `Can also ${ways.join(' and ').toLowerCase()}.` : '';
}
