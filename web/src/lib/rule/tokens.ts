/** Thrown for a rule that cannot be read or has no result. The message is for designers. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

export type Token = { kind: 'name' | 'number' | 'text' | 'op' | 'end'; text: string; at: number };

const blank = /(?:\s|\/\/[^\n]*)+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const numeral = /0[xX][0-9a-fA-F]+|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?/y;
const operator = /&&|\|\||[=!<>]=|[-+*/%<>!?:.,()[\]{}]/y;
const quotes = /[rR]?(?:"""|'''|"|')/y;

const match = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Cuts the text of a rule into tokens (https://github.com/google/cel-spec, "Syntax"). */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(blank, text, at)?.length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', text: '', at }];
    const token = next(text, at);
    tokens.push(token.token);
    at = token.end;
  }
}

function next(text: string, at: number): { token: Token; end: number } {
  const open = match(quotes, text, at);
  if (open) return literal(text, at, open);
  for (const [kind, pattern] of [
    ['name', name],
    ['number', numeral],
    ['op', operator],
  ] as const) {
    const found = match(pattern, text, at);
    if (found) return { token: { kind, text: found, at }, end: at + found.length };
  }
  throw new RuleError(`unexpected ${text[at]} at ${at + 1}`);
}

function literal(text: string, at: number, open: string): { token: Token; end: number } {
  const raw = /^[rR]/.test(open);
  const quote = raw ? open.slice(1) : open;
  let value = '';
  let i = at + open.length;
  while (!text.startsWith(quote, i)) {
    const char = text[i];
    if (char === undefined || (quote.length === 1 && (char === '\n' || char === '\r'))) {
      throw new RuleError(`the text at ${at + 1} does not end`);
    }
    if (char === '\\' && !raw) {
      const { value: piece, length } = escaped(text, i);
      value += piece;
      i += length;
    } else {
      value += char;
      i++;
    }
  }
  return { token: { kind: 'text', text: value, at }, end: i + quote.length };
}

const simple: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};
const coded = /\\(?:[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/y;

function escaped(text: string, at: number): { value: string; length: number } {
  const plain = simple[text[at + 1] ?? ''];
  if (plain !== undefined) return { value: plain, length: 2 };
  coded.lastIndex = at;
  const m = coded.exec(text);
  const hex = m?.[1] ?? m?.[2] ?? m?.[3];
  const code = hex ? Number.parseInt(hex, 16) : m?.[4] ? Number.parseInt(m[4], 8) : -1;
  if (!m || code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new RuleError(`an escape at ${at + 1} is not one`);
  }
  return { value: String.fromCodePoint(code), length: m[0].length };
}
