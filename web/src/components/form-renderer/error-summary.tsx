import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import classes from './error-summary.module.css';
import { controlId, fieldOf, inPageOrder } from './layout';
import type { FormHandle } from './use-form';

type ErrorSummaryProps = {
  handle: FormHandle;
  prefix?: string;
  /** Opens the tab a field lies in. */
  reveal: (field: string) => void;
  /** Changes with every attempt; the summary then takes the focus. */
  turn: number;
};

/** A longer list would push the form itself out of sight. */
const most = 8;

/** What has to be corrected before sending; each line leads to its field. */
export function ErrorSummary({ handle, prefix = 'f', reveal, turn }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const errors = handle.state.tried ? inPageOrder(handle.form, handle.errors) : [];
  const any = errors.length > 0;
  const more = errors.length - most;
  useEffect(() => {
    if (turn > 0 && any) box.current?.focus();
  }, [turn, any]);
  if (!any) return null;
  const jump = (path: string) => jumpTo(path, reveal, prefix);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the focus so that the errors are heard first
    <div ref={box} className={classes.summary} role="alert" tabIndex={0} aria-labelledby={`${prefix}-errors`}>
      <h2 id={`${prefix}-errors`} className={classes.title}>
        {errors.length === 1 ? 'One thing needs to be corrected' : `${errors.length} things need to be corrected`}
      </h2>
      <ul className={classes.list}>
        {errors.slice(0, most).map(([path, message]) => (
          <li key={path}>
            <button type="button" className={classes.link} onClick={() => jump(path)}>
              {message}
            </button>
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </div>
  );
}

/** Opens the tab where the field of a path lies and puts the reader there. */
export function jumpTo(path: string, reveal: (field: string) => void, prefix = 'f') {
  flushSync(() => reveal(fieldOf(path)));
  requestAnimationFrame(() => focusOn(prefix, path));
}

/** Puts the reader at the control of a path, or at its field where there is no control. */
function focusOn(prefix: string, path: string) {
  const control =
    document.getElementById(controlId(prefix, path)) ?? document.getElementById(controlId(prefix, fieldOf(path)));
  const field =
    control?.closest('[data-field]') ?? document.querySelector(`[data-field="${CSS.escape(fieldOf(path))}"]`);
  (control ?? field?.querySelector<HTMLElement>('[tabindex]'))?.focus({ preventScroll: true });
  field?.scrollIntoView({ block: 'center', behavior: 'smooth' });
}
