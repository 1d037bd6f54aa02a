import { describe, expect, it } from 'vitest';
import { toAsciiDigits, toPlainSigns } from '../../src/kit/core/text/plain-characters.ts';

const digits = '0123456789';

describe('toAsciiDigits', () => {
  it.each([
    ['Arabic', 0x0660],
    ['Persian', 0x06f0],
    ['Devanagari', 0x0966],
    ['the second of two sets without a gap, Myanmar Eastern Pwo Karen', 0x116da],
    ['full-width', 0xff10],
    ['the last of five sets without a gap, mathematical monospace', 0x1d7f6],
  ])('reads the digits of %s', (_, zero) => {
    expect(
      toAsciiDigits(
        [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join(''),
      ),
    ).toBe(digits);
  });

  it.each(['', digits, 'a-z', '½ ² ① Ⅷ'])('leaves "%s" as it is', (text) => {
    expect(toAsciiDigits(text)).toBe(text);
  });
});

describe('toPlainSigns', () => {
  it.each([
    ['spaces', 'a\u00A0b\u202Fc\u2009d\te', 'a b c d e'],
    ['hyphens and dashes', '1\u20102\u20113\u20124–5—6\u22127－8', '1-2-3-4-5-6-7-8'],
    ['full-width signs', '＋３７５＠', '+375@'],
    ['styled letters', '𝐛𝐜𝟏', 'bc1'],
    ['invisible signs, by nothing', '1\u200C2\u200D3\u00AD4\u{E0041}5', '12345'],
    ['no letters of another script', 'сям’я ربيع', 'сям’я ربيع'],
  ])('replaces %s', (_, text, plain) => {
    expect(toPlainSigns(text).plain).toBe(plain);
  });

  it('knows where each sign stood', () => {
    const text = '𝟏\u200D½x';
    expect(toPlainSigns(text)).toEqual({ plain: '11⁄2x', places: [0, 3, 3, 3, 4, 5] });
  });
});
