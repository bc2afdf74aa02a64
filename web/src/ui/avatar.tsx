import classes from './avatar.module.css';

const tones = 8;

/** The same name always gets the same tone. */
export function toneOf(name: string): number {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return hash % tones;
}

/** Two letters at most: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '?')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** A person as a coloured disc with initials. Decorative: the name stands beside it. */
export function Avatar({ name, size = 22 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden
      className={classes.avatar}
      data-tone={toneOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
    >
      {initials(name)}
    </span>
  );
}
