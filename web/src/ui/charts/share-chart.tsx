import type { Tone } from '../pill';
import classes from './chart.module.css';

export type Share = { key: string; label: string; value: number; tone: Tone };

/** How a whole divides: one bar, and its parts as a list with numbers, which is also what those hear who cannot see it. */
export function ShareChart({ label, parts }: { label: string; parts: Share[] }) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  if (whole === 0) return null;
  let left = 0;
  const places = parts.map((part) => {
    const width = (part.value / whole) * 100;
    left += width;
    return { ...part, width, x: left - width };
  });
  return (
    <figure className={classes.chart}>
      <svg className={classes.share} aria-hidden="true">
        {places.map(({ key, tone, x, width }) => (
          <rect
            key={key}
            className={classes.fill}
            data-tone={tone}
            x={`${x}%`}
            width={`${Math.max(width - 0.4, 0.4)}%`}
            height="100%"
          />
        ))}
      </svg>
      <ul className={classes.list} aria-label={label}>
        {places.map((part) => (
          <li key={part.key} className={classes.part}>
            <span className={classes.swatch} data-tone={part.tone} aria-hidden />
            <span className={classes.label}>{part.label}</span>
            <span className={classes.number}>{part.value.toLocaleString('en-GB')}</span>
            <span className={classes.quiet}>{percent(part.width)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

const percent = (share: number): string => (share > 0 && share < 1 ? '< 1%' : `${Math.round(share)}%`);
