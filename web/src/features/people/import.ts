import type { Out } from '@/api/types';

export type Imported = Out<'users.import'>;
export type ImportRow = Imported['rows'][number];
export type ImportError = Imported['errors'][number];

/** The server takes no more at once. */
export const longest = 1_000_000;

/** The columns every table may have, with what goes into them. */
export const columns: { name: string; meaning: string; required?: boolean }[] = [
  { name: 'email', meaning: 'Who it is. A known address is changed, any other added.', required: true },
  { name: 'name', meaning: 'As colleagues know the person.', required: true },
  { name: 'manager', meaning: 'The address of whom he or she reports to, here or in the same table.' },
  { name: 'department', meaning: 'Its key or name.' },
  { name: 'designation', meaning: 'Job title.' },
  { name: 'level', meaning: 'Grade, such as M5.' },
  { name: 'level_rank', meaning: 'Where the level stands, as a number that rules compare.' },
  { name: 'city', meaning: '' },
  { name: 'state', meaning: '' },
  { name: 'country', meaning: '' },
  { name: 'location', meaning: 'Office or site.' },
  { name: 'roles', meaning: 'Keys of roles, separated by semicolons. They are added to those there are.' },
];

const cell = (text: string) => (/[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A table with the columns and no people. */
export const templateOf = (attributes: { key: string }[]): string =>
  `${[...columns.map((column) => column.name), ...attributes.map((a) => a.key)].map(cell).join(',')}\r\n`;

/** A table from a spreadsheet as text. Older ones write neither UTF-8 nor say so. */
export function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What is wrong with each row, by its line. */
export function errorsByLine(errors: ImportError[]): Map<number, ImportError[]> {
  const found = new Map<number, ImportError[]>();
  for (const error of errors) found.set(error.line, [...(found.get(error.line) ?? []), error]);
  return found;
}

const people = (n: number) => (n === 1 ? 'one person' : `${n} people`);

/** What an import will do, or did, in a sentence. */
export function summary({ created, updated, unchanged }: Imported, done: boolean): string {
  const parts = [
    created > 0 && `${people(created)} ${done ? 'added' : 'to add'}`,
    updated > 0 && `${people(updated)} ${done ? 'changed' : 'to change'}`,
    unchanged > 0 && `${people(unchanged)} as before`,
  ].filter(Boolean);
  if (parts.length === 0) return 'No rows in it.';
  const text = parts.join(', ');
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

/** Rows that are wrong. */
export const wrongRows = ({ rows }: Imported): number => rows.filter((row) => row.action === 'error').length;
