/** Which line of a list is chosen: pure, so that nothing is ever lost between two answers of the server. */

/** The line `by` places further, within the list. Without one so far it is the first, or the last. */
export function step(keys: string[], selected: string | undefined, by: number): string | undefined {
  const at = selected === undefined ? -1 : keys.indexOf(selected);
  if (at < 0) return by > 0 ? keys[0] : keys.at(-1);
  return keys[Math.min(keys.length - 1, Math.max(0, at + by))];
}

/** What takes the place of a line that has left: the next one that is still there, else the one before. */
export function successor(before: string[], now: string[], left: string): string | undefined {
  const at = before.indexOf(left);
  if (at < 0) return undefined;
  const still = new Set(now);
  return before.slice(at + 1).find((key) => still.has(key)) ?? before.slice(0, at).findLast((key) => still.has(key));
}

/** Marks or unmarks one line, or with an anchor everything from there to it. */
export function mark(keys: string[], marked: ReadonlySet<string>, key: string, anchor?: string): Set<string> {
  const next = new Set(marked);
  const on = !marked.has(key);
  const [a, b] = [anchor === undefined ? -1 : keys.indexOf(anchor), keys.indexOf(key)];
  const range = a < 0 ? [key] : keys.slice(Math.min(a, b), Math.max(a, b) + 1);
  for (const each of range) {
    if (on) next.add(each);
    else next.delete(each);
  }
  return next;
}

/** The marked lines that are still there; the same set when all are. */
export function present(marked: ReadonlySet<string>, keys: string[]): ReadonlySet<string> {
  const still = new Set(keys);
  const kept = [...marked].filter((key) => still.has(key));
  return kept.length === marked.size ? marked : new Set(kept);
}
