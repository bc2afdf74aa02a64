import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calculate, type Input, RuleError, type Schema, scopeOf } from '.';

type Case = {
  name: string;
  rule: string;
  about?: string;
  scope: { form?: Schema; user?: Schema; params?: Schema; context?: Schema };
  input: Input;
  want: unknown;
};

// The contract that Go, PostgreSQL and this evaluator are held against.
const corpus: Case[] = JSON.parse(readFileSync('../internal/core/rule/testdata/corpus.json', 'utf8'));

function result({ rule, about, scope, input }: Case): unknown {
  const user = about === 'people' ? (input.user ?? {}) : undefined;
  const variables = scopeOf({ ...input, user }, { form: {}, user: {}, params: {}, context: {}, ...scope });
  try {
    return calculate(rule, variables);
  } catch (error) {
    if (error instanceof RuleError) return 'error';
    throw error;
  }
}

describe('the shared corpus of rules', () => {
  it('is there', () => expect(corpus.length).toBeGreaterThan(200));
  it.each(corpus.map((c) => [c.name, c] as const))('%s', (_, c) => {
    expect(result(c)).toEqual(c.want);
  });
});
