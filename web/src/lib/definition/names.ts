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
