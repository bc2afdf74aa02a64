import classes from './kbd.module.css';

/** A key. Hidden where there is no keyboard. */
export const Key = ({ children }: { children: string }) => <kbd className={classes.key}>{children}</kbd>;
