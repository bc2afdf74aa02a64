import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '@/api/query';
import type { WorkflowStatistics } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { spanWords } from '@/lib/durations';
import { Card } from '@/ui/card';
import { BarChart } from '@/ui/charts/bar-chart';
import { ShareChart } from '@/ui/charts/share-chart';
import { TrendChart } from '@/ui/charts/trend-chart';
import { Bone, Loading } from '@/ui/feedback';
import { useNow } from '@/ui/time';
import { holderBars, outcomeShares, stepTimes, waitingBars, weekly } from './statistics';
import classes from './statistics-cards.module.css';

/** How the requests of a period went, in a few charts. */
export function StatisticsCards({ workflow, from }: { workflow: string; from: string | undefined }) {
  const query = useQuery(read('workflows.statistics', { workflow, from }));
  return (
    <section aria-label="Statistics" className={classes.cards}>
      <QueryState query={query} what="The statistics" loading={<CardsLoading />}>
        {(statistics) => <Cards statistics={statistics} />}
      </QueryState>
    </section>
  );
}

function Cards({ statistics }: { statistics: WorkflowStatistics }) {
  const now = useNow();
  const [whole, setWhole] = useState(false);
  const { runs, sampled, duration } = statistics;
  const times = stepTimes(statistics);
  const waiting = waitingBars(statistics, now);
  const count = `${runs.toLocaleString('en-GB')} ${runs === 1 ? 'request' : 'requests'}`;
  return (
    <>
      <Card title="Outcomes">
        <p className={classes.figure}>{sampled ? `The latest ${count}` : count}</p>
        {runs > 0 ? (
          <ShareChart label="Outcomes" parts={outcomeShares(statistics)} />
        ) : (
          <p className={classes.quiet}>None was started in this period.</p>
        )}
      </Card>
      <Card title="Time to the end">
        {duration ? (
          <>
            <p className={classes.figure}>
              {spanWords(duration.median_seconds)}{' '}
              <span className={classes.quiet}>half of them; 9 of 10 within {spanWords(duration.p90_seconds)}</span>
            </p>
            <BarChart label="Time in each step" bars={times} />
          </>
        ) : (
          <p className={classes.quiet}>None of these requests has ended yet.</p>
        )}
      </Card>
      <Card title="Where they wait now">
        {waiting.length > 0 ? (
          <>
            <p className={classes.figure}>{waiting.reduce((sum, bar) => sum + bar.value, 0)} under way</p>
            <BarChart label="Waiting at each step" bars={waiting} tone="amber" />
          </>
        ) : (
          <p className={classes.quiet}>No request is under way.</p>
        )}
      </Card>
      {whole && <Rarer statistics={statistics} now={now} />}
      <Button
        className={classes.more}
        variant="subtle"
        size="compact-sm"
        aria-expanded={whole}
        onClick={() => setWhole(!whole)}
      >
        {whole ? 'Less' : statistics.holders ? 'Week by week, and who has them now' : 'Week by week'}
      </Button>
    </>
  );
}

/** What is asked for now and then: below it the list is what the page is about. */
function Rarer({ statistics, now }: { statistics: WorkflowStatistics; now: number }) {
  const weeks = weekly(statistics, now);
  return (
    <>
      <Card title="Week by week">
        {weeks.length > 0 ? (
          <TrendChart label="Requests started and ended in each week" names={['Started', 'Ended']} stretches={weeks} />
        ) : (
          <p className={classes.quiet}>None was started in this period.</p>
        )}
      </Card>
      {statistics.holders && (
        <Card title="Who has them now">
          <BarChart label="Tasks of each person" bars={holderBars(statistics, now)} tone="amber" />
          {statistics.holders.length === 0 && <p className={classes.quiet}>No request is under way.</p>}
        </Card>
      )}
    </>
  );
}

function CardsLoading() {
  return ['Outcomes', 'Time to the end', 'Where they wait now'].map((title) => (
    <Card key={title} title={title}>
      <Loading label={`Loading ${title}`}>
        <div className={classes.bones}>
          <Bone width={120} height={20} />
          <Bone height={12} />
          <Bone width="70%" />
          <Bone width="50%" />
        </div>
      </Loading>
    </Card>
  ));
}
