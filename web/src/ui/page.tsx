import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { covered } from './hotkeys';
import classes from './page.module.css';

let first = true;

const InPane = createContext(false);

/** What is a page of its own elsewhere and stands beside a list here: it neither names the tab nor takes the focus. */
export const Pane = ({ children }: { children: ReactNode }) => <InPane value={true}>{children}</InPane>;

/**
 * Names the tab and, after a move inside the application, puts the reader at the new heading, unless
 * the reader has opened something over the page while it was loading.
 */
export function usePageTitle(title: string, heading: React.RefObject<HTMLElement | null>) {
  useEffect(() => {
    document.title = title ? `${title} · Handstamp` : 'Handstamp';
  }, [title]);
  useEffect(() => {
    if (!first && !covered()) heading.current?.focus({ preventScroll: true });
    first = false;
  }, [heading]);
}

type PageProps = {
  /** Of the browser tab and, unless `heading` says more, of the page. */
  title: string;
  heading?: ReactNode;
  above?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  width?: 'narrow' | 'normal' | 'wide' | 'full';
  children: ReactNode;
};

/** One page: heading, what it is for, what can be done, content. */
export function Page(props: PageProps) {
  return useContext(InPane) ? <PanePage {...props} /> : <WholePage {...props} />;
}

function PanePage({ title, heading, lead, actions, children }: PageProps) {
  return (
    <section className={classes.pane} aria-label={title}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <h2 className={classes.title}>{heading ?? title}</h2>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

function WholePage({ title, heading, above, lead, actions, width = 'normal', children }: PageProps) {
  const h1 = useRef<HTMLHeadingElement>(null);
  usePageTitle(title, h1);
  return (
    <div className={classes.page} data-width={width}>
      {above && <div className={classes.above}>{above}</div>}
      <header className={classes.header}>
        <div className={classes.titles}>
          <h1 ref={h1} tabIndex={-1} className={classes.title}>
            {heading ?? title}
          </h1>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
