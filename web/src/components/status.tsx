import { Pill, type Tone } from '@/ui/pill';

type Stated = { status: string; outcome?: string; outcome_name?: string; reason?: string };

const good = /^(approved|accepted|done|completed|granted|paid|ordered|onboarded|hired|signed|closed|success)/i;
const bad = /^(reject|refus|declin|denied|fail)/i;

/** "approved" as "Approved", "not_needed" as "Not needed". */
export const inWords = (key: string): string => {
  const text = key.replaceAll(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What became of a run, in one word and one tone. */
export function stateOf(run: Stated): { word: string; tone: Tone } {
  switch (run.status) {
    case 'completed': {
      const outcome = run.outcome ?? '';
      const tone: Tone = bad.test(outcome) ? 'red' : good.test(outcome) ? 'green' : 'gray';
      return { word: run.outcome_name || (outcome && inWords(outcome)) || 'Completed', tone };
    }
    case 'cancelled':
      return { word: run.reason === 'withdrawn' ? 'Withdrawn' : 'Cancelled', tone: 'gray' };
    case 'failed':
      return { word: 'Stopped', tone: 'red' };
    case 'held':
      return { word: 'On hold', tone: 'amber' };
    case 'draft':
      return { word: 'Draft', tone: 'gray' };
    default:
      return { word: 'Under way', tone: 'accent' };
  }
}

export function RunState({ run }: { run: Stated }) {
  const { word, tone } = stateOf(run);
  return (
    <Pill tone={tone} dot>
      {word}
    </Pill>
  );
}
