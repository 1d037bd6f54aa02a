import { describe, expect, test } from 'vitest';
import { fitNews } from '../../src/integrations/post-build/carry/print-digest.ts';
import type { MailBlock } from '../../src/kit/core/mail/mail-text.ts';

const about = (text: number): MailBlock[] => [
  { kind: 'title', text: `Frost ${text}` },
  { kind: 'paragraph', text: 'It took the beans. '.repeat(10).trim() },
];

/** Fits news of a garden into a digest, and counts what that took. */
function fit(count: number, maxBytes: number, extra: MailBlock[] = []) {
  const counts = { described: 0, laidOut: 0 };
  let isWhole = false;
  const text = fitNews(
    Array.from({ length: count }, (_, index) => index + 1),
    (number) => {
      counts.described += 1;
      return about(number);
    },
    (news, whole) => {
      counts.laidOut += 1;
      isWhole = whole;
      return [{ kind: 'title', text: 'The garden' }, ...extra, ...news];
    },
    maxBytes,
  );
  return { text, isWhole, ...counts, titles: text.match(/Frost \d+/g) ?? [] };
}

describe('a digest', () => {
  test('that is too large without any news stays so, for its check to say', () => {
    const { text, titles } = fit(3, 5);
    expect(titles).toEqual([]);
    expect(text).toContain('The garden');
  });

  test('leaves out the last of the news, no more than it must, and says so', () => {
    const { text, titles, isWhole } = fit(9, 1000);
    expect(titles).toEqual(['Frost 1', 'Frost 2', 'Frost 3', 'Frost 4']);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1000);
    expect(fit(5, 10_000).text.length).toBeGreaterThan(1000);
    expect(isWhole).toBe(false);
  });

  test('holds all where all fits', () => {
    expect(fit(4, 1000)).toMatchObject({ isWhole: true, described: 4, laidOut: 1 });
  });

  // One that laid out the whole for each of 1,000 texts took 153 s of a build of 183 s.
  test('of a first edition with the news of years costs what one of a few texts costs', () => {
    const { described, laidOut } = fit(9, 1000);
    expect(fit(3000, 1000)).toMatchObject({ described, laidOut });
    expect(laidOut).toBeLessThan(3);
  });

  test('with much besides the news still has what fits', () => {
    const long: MailBlock = { kind: 'paragraph', text: 'Open at noon. '.repeat(40).trim() };
    const { titles, text } = fit(9, 1000, [long]);
    expect(titles).toEqual(['Frost 1', 'Frost 2']);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1000);
  });
});
