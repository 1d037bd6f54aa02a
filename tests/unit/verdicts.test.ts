import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeVerdict, exitCodeOf, verdicts } from '../../src/kit/core/verify/verdict.ts';

test('verdicts are in the order in which the specification has them, the gravest first', () => {
  expect(verdicts).toEqual([
    'unreachable',
    'mixed',
    'tampered',
    'injected',
    'incomplete',
    'too new',
    'forked',
    'rolled back',
    'stale',
    'unsigned',
    'authentic',
  ]);
});

test('a command ends with 0 only for what may be relied on, or for a sound draft that is enough', () => {
  const codes = verdicts.map((verdict) => [exitCodeOf(verdict, false), exitCodeOf(verdict, true)]);
  expect(codes.slice(0, 1)).toEqual([[3, 3]]);
  expect(codes.slice(1, -2).flat()).toEqual(Array.from({ length: 16 }, () => 1));
  expect(codes.slice(-2)).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test('what is not sound is never proven', () => {
  for (const verdict of verdicts) {
    const { isSound, isProven } = describeVerdict(verdict);
    expect(isSound || !isProven, verdict).toBe(true);
  }
});

describe('every verdict is explained', () => {
  const guides = readdirSync('src/content/guides').map(
    (tag) => `src/content/guides/${tag}/check-a-copy.mdx`,
  );

  test.each(['docs/readers.md', ...guides])('in %s', (file) => {
    const text = readFileSync(file, 'utf8');
    const missing = verdicts.filter((verdict) => !text.includes(verdict));
    expect(missing).toEqual([]);
  });
});
