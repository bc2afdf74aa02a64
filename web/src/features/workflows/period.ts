/** The periods a list of runs can be narrowed to. */
export const periods = [
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last year' },
  { value: 'all', label: 'All time' },
];

/** The beginning of a period as a moment at midnight UTC, so that the same question is asked all day; none for all time. */
export function beginning(period: string, now = new Date()): string | undefined {
  const days = Number(period);
  if (!Number.isInteger(days) || days <= 0) return undefined;
  const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days);
  return new Date(day).toISOString().replace('.000Z', 'Z');
}
