import classes from './chart.module.css';

export type Bar = {
  key: string;
  label: string;
  value: number;
  /** The value in words; the number itself when left out. */
  words?: string;
  /** A second, longer measure behind the first: the 90th percentile behind the median. */
  range?: number;
  /** Said after the value, quieter. */
  note?: string;
};

type BarChartProps = { label: string; bars: Bar[]; tone?: 'accent' | 'amber' };

/** Values beside each other as lines of different length. Each is a list entry with its number, so nothing is told by length alone. */
export function BarChart({ label, bars, tone = 'accent' }: BarChartProps) {
  const most = Math.max(...bars.map((bar) => Math.max(bar.value, bar.range ?? 0)), 0);
  const width = (value: number) => (most > 0 && value > 0 ? `${Math.max((value / most) * 100, 1)}%` : '0');
  return (
    <figure className={classes.chart}>
      <ul className={classes.list} aria-label={label}>
        {bars.map((bar) => (
          <li key={bar.key} className={classes.bar}>
            <span className={classes.words}>
              <span className={classes.label} title={bar.label}>
                {bar.label}
              </span>
              <span className={classes.value}>
                {bar.words ?? bar.value.toLocaleString('en-GB')} {bar.note && <small>{bar.note}</small>}
              </span>
            </span>
            <svg className={classes.track} aria-hidden="true">
              {bar.range !== undefined && (
                <rect className={classes.range} width={width(bar.range)} height="100%" rx="4" />
              )}
              <rect className={classes.main} data-tone={tone} width={width(bar.value)} height="100%" rx="4" />
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  );
}
