/** What the server reads as the name of a field or the id of a step. */
export const validName = /^[a-z][a-z0-9_]{0,62}$/;

/** The name that belongs to what people call a thing: "Leave from" → leave_from. Empty when nothing is left. */
export function nameFrom(label: string): string {
  const plain = label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/ß/g, 'ss')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  const led = /^[a-z]/.test(plain) || plain === '' ? plain : `n_${plain}`;
  return led.slice(0, 40).replace(/_+$/, '');
}

/** The base, or the base with the first free number behind it. */
export function freeName(base: string, taken: Iterable<string>): string {
  const set = new Set(taken);
  if (!set.has(base)) return base;
  const stem = base.replace(/_\d+$/, '');
  for (let n = 2; ; n++) {
    const name = `${stem}_${n}`;
    if (!set.has(name)) return name;
  }
}

/** "leave_from" → "Leave from". */
export const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** Words that cannot be names, for rules could not read them (internal/core/rule/kind.go). */
export const reservedNames = (
  'as break const constructor continue else false for function if import in let loop namespace null package prototype return ' +
  'true var void while'
).split(' ');

/**
 * Whether a name came from its label, with a number behind it where the name was taken: then it
 * follows when the label changes. A name that somebody chose stays.
 */
export function followsLabel({ name, label }: { name: string; label?: string }): boolean {
  const base = nameFrom(label ?? '');
  const stem = (text: string) => text.replace(/_\d+$/, '');
  return base !== '' && (name === base || stem(name) === stem(base));
}

/** The name a thing with this label takes; undefined where the label leaves none. */
export function nameFor(label: string, taken: Iterable<string>): string | undefined {
  const base = nameFrom(label);
  return base === '' ? undefined : freeName(base, [...reservedNames, ...taken]);
}
