import { type DocumentOption, freeName, nameFrom } from '@/lib/definition';

/** The value that belongs to the label of an option, free among the others. */
export function valueFor(label: string, others: DocumentOption[]): string {
  const base = nameFrom(label) || label.trim();
  return freeName(
    base,
    others.map((option) => option.value),
  );
}

/** Whether the value of an option came from its label, so that it follows. */
export const valueFollows = ({ value, label }: DocumentOption): boolean =>
  value === '' || value.replace(/_\d+$/, '') === (nameFrom(label ?? '') || (label ?? '').trim()).replace(/_\d+$/, '');

/** Labels an option; its value comes along where it is to follow. */
export function labelOption(options: DocumentOption[], at: number, label: string, follow: boolean): DocumentOption[] {
  return options.map((option, i) => {
    if (i !== at) return option;
    const others = options.filter((_, n) => n !== at);
    return { ...option, label, value: follow && label.trim() ? valueFor(label, others) : option.value };
  });
}

/** The lines of a text as labels, without blank ones and the marks of lists. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');

/** Options as one writes them, a line each. Those that were there already keep their values. */
export function optionsFrom(text: string, before: DocumentOption[]): DocumentOption[] {
  const kept = new Map(before.map((option) => [option.label ?? option.value, option]));
  const out: DocumentOption[] = [];
  for (const line of new Set(linesOf(text))) {
    const old = kept.get(line);
    out.push(old ?? { label: line, value: valueFor(line, [...before, ...out]) });
  }
  return out;
}

/** Puts the lines of a text in the place of one option. */
export function pasteOptions(options: DocumentOption[], at: number, text: string): DocumentOption[] {
  const rest = options.filter((_, i) => i !== at);
  const fresh: DocumentOption[] = [];
  for (const line of linesOf(text)) fresh.push({ label: line, value: valueFor(line, [...rest, ...fresh]) });
  return options.toSpliced(at, 1, ...fresh);
}
