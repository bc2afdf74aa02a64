const compiled = new Map<string, RegExp>();

/**
 * A regular expression of the language, which RE2 and JavaScript read alike once `.` and `\s` are
 * spelled out as RE2 means them. The server refuses all others when a rule is saved.
 */
export function pattern(source: string): RegExp {
  let re = compiled.get(source);
  if (!re) {
    re = new RegExp(translate(source), 'u');
    if (compiled.size > 500) compiled.clear();
    compiled.set(source, re);
  }
  return re;
}

function translate(source: string): string {
  let out = '';
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string;
    if (c === '\\') {
      i++;
      out += spelled(source[i] ?? '', inClass);
    } else if (c === '.' && !inClass) {
      out += '[^\\n]';
    } else {
      if (c === '[') inClass = true;
      if (c === ']') inClass = false;
      out += c;
    }
  }
  return out;
}

function spelled(char: string, inClass: boolean): string {
  if (char === 's') return inClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]';
  if (char === 'S') return '[^\\t\\n\\f\\r ]';
  return `\\${char}`;
}
