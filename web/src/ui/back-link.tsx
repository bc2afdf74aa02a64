import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './back-link.module.css';
import { IconArrowLeft } from './icons';

/** The way up from a page. */
export function BackLink({ children, ...to }: LinkProps & { children: ReactNode }) {
  return (
    <Link {...to} className={classes.back}>
      <IconArrowLeft size={14} stroke={1.9} aria-hidden /> {children}
    </Link>
  );
}
