/** Durations as the product writes them: "2d", "3h30m", "1w2d". A day here is a word, not 24 hours. */
const part = /(\d+)(w|d|h|m)/g;
const whole = /^(\d+w)?(\d+d)?(\d+h)?(\d+m)?$/;
const words: Record<string, string> = { w: 'week', d: 'day', h: 'hour', m: 'minute' };
const longWords: Record<string, string> = {
  w: 'w',
  week: 'w',
  weeks: 'w',
  d: 'd',
  day: 'd',
  days: 'd',
  h: 'h',
  hour: 'h',
  hours: 'h',
  m: 'm',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
};

/** Whether the text is a duration in canonical form. */
export const isDuration = (text: string): boolean => text !== '' && whole.test(text);

/** "3h30m" as "3 hours 30 minutes"; what is no duration comes back as it is. */
export function durationWords(text: string): string {
  if (!isDuration(text)) return text;
  return [...text.matchAll(part)]
    .map(([, n, unit]) => `${Number(n)} ${words[unit as string]}${Number(n) === 1 ? '' : 's'}`)
    .join(' ');
}

/** What people type ("2 days", "3h 30", "1:30") in canonical form; undefined when it cannot be read. */
export function parseDuration(text: string): string | undefined {
  const typed = text.trim().toLowerCase();
  const clock = /^(\d+):([0-5]\d)$/.exec(typed);
  if (clock) return canonical({ h: Number(clock[1]), m: Number(clock[2]) });
  const found: Record<string, number> = {};
  let last = '';
  const rest = typed.replaceAll(/(\d+)\s*([a-z]*)/g, (_, n: string, word: string) => {
    const unit = word ? longWords[word] : last === 'h' ? 'm' : undefined;
    if (!unit || unit in found) return '!';
    found[unit] = Number(n);
    last = unit;
    return '';
  });
  if (/[^\s,]/.test(rest.replaceAll(/\band\b/g, '')) || last === '') return undefined;
  return canonical(found);
}

function canonical(found: Record<string, number>): string | undefined {
  const text = ['w', 'd', 'h', 'm'].map((unit) => (found[unit] ? `${found[unit]}${unit}` : '')).join('');
  return text || undefined;
}

/** A measured time in the two units people would say, one second at least: "40 s", "12 min", "5 h 10 min", "3.4 days". */
export function spanWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60)
    return [`${Math.floor(minutes / 60)} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ');
  const days = minutes / (24 * 60);
  return `${days < 10 ? Math.round(days * 10) / 10 : Math.round(days)} days`;
}
