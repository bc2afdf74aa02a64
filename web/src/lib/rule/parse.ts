import { RuleError, type Token, tokenize } from './tokens';

/** The expression of a rule. Numbers are doubles: the language has no other. */
export type Expr =
  | { is: 'value'; value: number | string | boolean | null }
  | { is: 'name'; name: string }
  | { is: 'part'; of: Expr; name: string }
  | { is: 'call'; name: string; target?: Expr; args: Expr[] }
  | { is: 'list'; items: Expr[] }
  | { is: 'choose'; when: Expr; then: Expr; otherwise: Expr }
  | { is: 'and' | 'or'; left: Expr; right: Expr };

/** The expressions directly inside one. */
export function partsOf(expr: Expr): Expr[] {
  switch (expr.is) {
    case 'part':
      return [expr.of];
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args;
    case 'list':
      return expr.items;
    case 'choose':
      return [expr.when, expr.then, expr.otherwise];
    case 'and':
    case 'or':
      return [expr.left, expr.right];
    default:
      return [];
  }
}

/** Binary operators by strength, weakest first; && || and ?: stand apart because they do not always look at both sides. */
const levels = [
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const maxDepth = 200;

/** Reads a rule. Throws RuleError when it is not CEL, or not the part of it that the product uses. */
export function parse(text: string): Expr {
  const parser = new Parser(tokenize(text));
  const expr = parser.expression();
  parser.finish();
  return expr;
}

class Parser {
  private at = 0;
  private depth = 0;
  private readonly tokens: Token[];

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  expression(): Expr {
    if (++this.depth > maxDepth) throw new RuleError('the rule is nested too deeply');
    const when = this.or();
    let expr = when;
    if (this.take('?')) {
      const then = this.or();
      this.need(':');
      expr = { is: 'choose', when, then, otherwise: this.expression() };
    }
    this.depth--;
    return expr;
  }

  finish(): void {
    if (this.token.kind !== 'end') this.refuse();
  }

  private get token(): Token {
    return this.tokens[this.at] as Token;
  }

  private refuse(): never {
    throw new RuleError(`unexpected ${this.token.text || 'end'} at ${this.token.at + 1}`);
  }

  private is(text: string): boolean {
    return this.token.text === text && (this.token.kind === 'op' || (text === 'in' && this.token.kind === 'name'));
  }

  private take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private need(text: string): void {
    if (!this.take(text)) this.refuse();
  }

  private or(): Expr {
    let left = this.and();
    while (this.take('||')) left = { is: 'or', left, right: this.and() };
    return left;
  }

  private and(): Expr {
    let left = this.binary(0);
    while (this.take('&&')) left = { is: 'and', left, right: this.binary(0) };
    return left;
  }

  private binary(level: number): Expr {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const name = operators.find((op) => this.is(op));
      if (!name) return left;
      this.at++;
      left = { is: 'call', name, args: [left, this.binary(level + 1)] };
    }
  }

  private unary(): Expr {
    if (this.take('!')) return { is: 'call', name: '!', args: [this.unary()] };
    if (!this.take('-')) return this.member();
    if (this.token.kind === 'number') return this.negative();
    return { is: 'call', name: 'negate', args: [this.unary()] };
  }

  /** -1 is a literal, so that -1.size() would read as (-1).size(). */
  private negative(): Expr {
    const value = -Number(this.token.text);
    this.at++;
    return this.members({ is: 'value', value });
  }

  private member(): Expr {
    return this.members(this.primary());
  }

  private members(start: Expr): Expr {
    let expr = start;
    while (this.take('.')) {
      const { kind, text } = this.token;
      if (kind !== 'name') this.refuse();
      this.at++;
      expr = this.take('(')
        ? { is: 'call', name: text, target: expr, args: this.list(')') }
        : { is: 'part', of: expr, name: text };
    }
    return expr;
  }

  private primary(): Expr {
    const { kind, text } = this.token;
    if (this.take('(')) {
      const expr = this.expression();
      this.need(')');
      return expr;
    }
    if (this.take('[')) return { is: 'list', items: this.list(']') };
    this.take('.');
    const token = this.token;
    this.at++;
    if (kind === 'number') return { is: 'value', value: Number(text) };
    if (kind === 'text') return { is: 'value', value: text };
    if (token.kind !== 'name') {
      this.at--;
      this.refuse();
    }
    return this.named(token.text);
  }

  private named(name: string): Expr {
    if (name === 'true' || name === 'false') return { is: 'value', value: name === 'true' };
    if (name === 'null') return { is: 'value', value: null };
    return this.take('(') ? { is: 'call', name, args: this.list(')') } : { is: 'name', name };
  }

  private list(end: string): Expr[] {
    const items: Expr[] = [];
    while (!this.take(end)) {
      if (items.length > 0) {
        this.need(',');
        if (end === ']' && this.take(end)) break;
      }
      items.push(this.expression());
    }
    return items;
  }
}
