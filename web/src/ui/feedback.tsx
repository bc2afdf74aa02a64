import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './feedback.module.css';
import { IconAlertTriangle, IconInfoCircle } from './icons';

/** Nothing here yet: why that is fine, and what could be done. */
export function Empty({ icon, title, children, action, page = false }: EmptyProps) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Heading className={classes.title}>{title}</Heading>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
type EmptyProps = {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Whether it stands for the whole page, so that its title is the page's heading. */
  page?: boolean;
};

/** Something failed: what happened, what to do, try again. */
export function Failure({ title, detail, reference, onRetry, action, page = false }: FailureProps) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={classes.empty} role="alert">
      <div className={classes.icon} data-tone="red" aria-hidden>
        <IconAlertTriangle size={22} stroke={1.7} />
      </div>
      <Heading className={classes.title}>{title}</Heading>
      <div className={classes.text}>{detail}</div>
      {reference && <div className={classes.reference}>Reference {reference}</div>}
      <div className={classes.action}>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {action}
      </div>
    </div>
  );
}
type FailureProps = {
  title: string;
  detail: string;
  reference?: string;
  onRetry?: () => void;
  action?: ReactNode;
  page?: boolean;
};

export type BannerTone = 'red' | 'amber' | 'accent' | 'green';

/** A calm notice inside a page. Errors and warnings are announced. */
export function Banner({ tone = 'accent', title, children, action }: BannerProps) {
  const Icon = tone === 'red' || tone === 'amber' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={classes.banner} data-tone={tone} role={tone === 'red' ? 'alert' : 'status'}>
      <Icon size={17} stroke={1.8} aria-hidden className={classes.bannerIcon} />
      <div className={classes.bannerText}>
        {title && <div className={classes.bannerTitle}>{title}</div>}
        {children}
      </div>
      {action && <div className={classes.bannerAction}>{action}</div>}
    </div>
  );
}
type BannerProps = { tone?: BannerTone; title?: string; children?: ReactNode; action?: ReactNode };

/** The place where something will be. Announced once per group by `Loading`. */
export function Bone({ width = '100%', height = 12 }: { width?: number | string; height?: number }) {
  return <span className={classes.bone} style={{ width, height }} aria-hidden />;
}

/** Bones with a word for those who hear the page. They appear late, so that a fast answer does not flicker. */
export function Loading({ label = 'Loading', children }: { label?: string; children: ReactNode }) {
  return (
    <div className={classes.loading}>
      <span className="hs-visually-hidden" role="status">
        {label}
      </span>
      {children}
    </div>
  );
}

/** A list that is not here yet. */
export function LoadingRows({ rows = 6, label }: { rows?: number; label?: string }) {
  return (
    <Loading label={label}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div className={classes.boneRow} key={i}>
          <Bone width={22} height={22} />
          <Bone width={`${38 - ((i * 7) % 18)}%`} />
          <span className={classes.boneGap} />
          <Bone width={90} />
          <Bone width={48} />
        </div>
      ))}
    </Loading>
  );
}
