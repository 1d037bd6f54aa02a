import { expect, test } from 'vitest';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';

/** Looks at each pair of characters that are at most `reach` apart. */
function comparePairs(length: number, reach: number): number {
  let equal = 0;
  for (let one = 0; one < length; one++) {
    for (let other = one; other < Math.min(length, one + reach); other++) {
      if ((one ^ other) % 7 === 0) equal++;
    }
  }
  return equal;
}

test('work that grows with the square of its input is over the bound', () => {
  const ratio = measureGrowth(
    () => comparePairs(2_000, Infinity),
    () => comparePairs(8_000, Infinity),
    4,
  );
  expect(ratio).toBeGreaterThan(linearGrowth);
});

test('work that grows with its input is within the bound', () => {
  const ratio = measureGrowth(
    () => comparePairs(20_000, 100),
    () => comparePairs(80_000, 100),
    4,
  );
  expect(ratio).toBeLessThan(linearGrowth);
});
