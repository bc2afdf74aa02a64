import { shortDate } from '@/lib/dates';
import classes from './chart.module.css';

/** Two counts of one stretch of time, which begins on a civil date. */
export type Stretch = { from: string; first: number; second: number };

type TrendChartProps = { label: string; names: [first: string, second: string]; stretches: Stretch[] };

const height = 96;
const step = 20;
/** A few stretches stand at the right, as the latest do, and are no wider than others. */
const fewest = 16;

/** Two counts beside each other over time. The numbers stand in a table for those who cannot see it, and at each pair for those who point. */
export function TrendChart({ label, names, stretches }: TrendChartProps) {
  const places = Math.max(stretches.length, fewest);
  const before = places - stretches.length;
  const most = Math.max(...stretches.flatMap((each) => [each.first, each.second]), 1);
  const tall = (value: number) => (value === 0 ? 0 : Math.max((value / most) * height, 2));
  const bar = (at: number, value: number, name: string) => (
    <rect
      className={classes.column}
      data-of={name}
      x={at}
      y={height - tall(value)}
      width={7}
      height={tall(value)}
      rx={1.5}
    />
  );
  return (
    <figure className={classes.chart}>
      <svg
        className={classes.trend}
        viewBox={`0 0 ${places * step} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {stretches.map((each, i) => (
          <g key={each.from}>
            <title>{`Week of ${shortDate(each.from)}: ${each.first} ${names[0]}, ${each.second} ${names[1]}`}</title>
            <rect className={classes.place} x={(before + i) * step} y={0} width={step} height={height} />
            {bar((before + i) * step + 2, each.first, 'first')}
            {bar((before + i) * step + 10, each.second, 'second')}
          </g>
        ))}
      </svg>
      <figcaption className={classes.legend} aria-hidden="true">
        <span>
          <span className={classes.swatch} data-of="first" /> {names[0]}
        </span>
        <span>
          <span className={classes.swatch} data-of="second" /> {names[1]}
        </span>
        <span className={classes.most}>at most {most.toLocaleString('en-GB')} a week</span>
      </figcaption>
      <table className="hs-visually-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {stretches.map((each) => (
            <tr key={each.from}>
              <th scope="row">{shortDate(each.from)}</th>
              <td>{each.first}</td>
              <td>{each.second}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
