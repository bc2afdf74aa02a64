/**
 * Dates as people read them. Civil dates ("2026-01-31") have no zone and are never put through one;
 * moments (RFC 3339) are shown in the reader's zone.
 */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The month names and order of the reader's language, in which English is the language of the product. */
const language = typeof navigator === 'undefined' ? 'en-GB' : englishOf(navigator.languages);

/** The reader's own English where they have one (12/31 against 31/12), else British. */
export function englishOf(languages: readonly string[] | undefined): string {
  return languages?.find((l) => l.toLowerCase().startsWith('en-')) ?? 'en-GB';
}

const civil = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A civil date as a Date at midnight UTC, or undefined when it is none (2026-02-30). */
export function civilDate(text: unknown): Date | undefined {
  if (typeof text !== 'string') return undefined;
  const m = civil.exec(text);
  if (!m) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : date;
}

const format = (options: Intl.DateTimeFormatOptions) => {
  let made: Intl.DateTimeFormat | undefined;
  return (date: Date) => {
    made ??= new Intl.DateTimeFormat(language, options);
    return made.format(date);
  };
};

const civilLong = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const civilShort = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const civilShortYear = format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const weekday = format({ weekday: 'short', timeZone: 'UTC' });
const momentLong = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const momentDay = format({ day: 'numeric', month: 'short' });
const momentDayYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
const momentWeekday = format({ weekday: 'short', day: 'numeric', month: 'short' });
const momentWeekdayYear = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const momentTime = format({ hour: '2-digit', minute: '2-digit' });

/** "Tue, 1 Dec 2026"; what is no date comes back as it is. */
export function longDate(text: string): string {
  const date = civilDate(text);
  return date ? civilLong(date) : text;
}

/** "1 Dec 2026". */
export function shortDate(text: string): string {
  const date = civilDate(text);
  return date ? civilShortYear(date) : text;
}

/** "Tue" of a civil date. */
export function weekdayOf(text: unknown): string | undefined {
  const date = civilDate(text);
  return date && weekday(date);
}

/** "1 Dec to 5 Dec 2026": the year once where it is the same. */
export function dateSpan(from: string, to: string): string {
  const a = civilDate(from);
  const b = civilDate(to);
  if (!a || !b) return `${from} to ${to}`;
  if (from === to) return civilLong(a);
  const start = a.getUTCFullYear() === b.getUTCFullYear() ? civilShort(a) : civilShortYear(a);
  return `${start} to ${civilShortYear(b)}`;
}

/** Days of a span, both ends included. */
export function daysIn(from: string, to: string): number | undefined {
  const a = civilDate(from);
  const b = civilDate(to);
  return a && b && b >= a ? Math.round((b.getTime() - a.getTime()) / day) + 1 : undefined;
}

/** "Tue, 1 Dec 2026, 14:30" in the reader's zone. */
export function longDateTime(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : momentLong(date);
}

/** "14:30" today, "1 Dec" this year, "1 Dec 2025" else. */
export function shortMoment(at: string, now = Date.now()): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return momentTime(date);
  return date.getFullYear() === today.getFullYear() ? momentDay(date) : momentDayYear(date);
}

/** The day of a moment to come: "today", "tomorrow", "Thu, 3 Dec" or, in another year, "Mon, 4 Jan 2027". */
export function dayAhead(at: string, now = Date.now()): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  if (date.toDateString() === new Date(now).toDateString()) return 'today';
  if (date.toDateString() === new Date(now + day).toDateString()) return 'tomorrow';
  return date.getFullYear() === new Date(now).getFullYear() ? momentWeekday(date) : momentWeekdayYear(date);
}

/** How long something has been waiting: "now", "5 min", "3 h", "12 d". */
export function since(at: string, now = Date.now()): string {
  const span = now - Date.parse(at);
  if (Number.isNaN(span)) return '';
  if (span < minute) return 'now';
  if (span < hour) return `${Math.floor(span / minute)} min`;
  if (span < day) return `${Math.floor(span / hour)} h`;
  return `${Math.floor(span / day)} d`;
}

/** A moment seen from now: "just now", "5 min ago", "3 h ago", then the date. */
export function ago(at: string, now = Date.now()): string {
  const span = now - Date.parse(at);
  if (Number.isNaN(span)) return at;
  if (span < minute) return 'just now';
  if (span < day) return `${since(at, now)} ago`;
  return shortMoment(at, now);
}
