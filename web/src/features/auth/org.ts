import { recall, remember } from '@/lib/prefs';

/** The organization of an address such as acme.example.com or acme.localhost. */
export function orgOfHost(host: string): string | undefined {
  const name = host.split(':')[0] ?? '';
  if (/^[\d.]+$/.test(name) || name.startsWith('[')) return undefined;
  const labels = name.split('.');
  const local = labels.at(-1) === 'localhost';
  if (labels.length < (local ? 2 : 3) || labels[0] === 'www' || labels[0] === 'app') return undefined;
  return labels[0];
}

/** What to begin with: the address, the link that led here, or the last time. */
export const firstOrg = (asked: string | undefined): string => asked || orgOfHost(location.host) || recall('org') || '';

export const rememberOrg = (org: string): void => remember('org', org);
