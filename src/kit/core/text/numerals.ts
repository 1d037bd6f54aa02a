import { toAsciiDigits } from './plain-characters.ts';

const whole = String.raw`\d{1,3}(?:[.,'’٬\u00A0\u2009\u202F ]\d{3})+(?!\d)|\d+`;
/**
 * One or two digits after a mark are a fraction, since three are a group of thousands; not inside
 * 14.11.2021, which is a day.
 */
const fraction = String.raw`(?<!\d[.,]\k<whole>)[.,٫](?<fraction>\d{1,2})(?![.,]?\d)`;
const numeral = new RegExp(`(?<whole>${whole})(?:${fraction})?`, 'g');

/**
 * The numerals of a text, without the thousands separators of its language, sorted: "8,400", "8
 * 400" and "8.400" are all 8400, and "8,4" is 8.4. Two translations of one text must agree in them:
 * a changed figure is the easiest lie to miss.
 */
export const collectNumerals = (text: string): string[] => [...new Set(listNumerals(text))].sort();

/** The same with each numeral as often as it stands there, in the order of the text. */
export function listNumerals(text: string): string[] {
  return [...toAsciiDigits(text).matchAll(numeral)].map(({ groups }) => {
    const digits = groups?.['whole']?.replace(/\D/g, '') ?? '';
    return groups?.['fraction'] === undefined ? digits : `${digits}.${groups['fraction']}`;
  });
}

/** What stands in one list more often than in the other, both ways. */
export function diffLists(
  a: readonly string[],
  b: readonly string[],
): { onlyA: string[]; onlyB: string[] } {
  const subtract = (from: readonly string[], what: readonly string[]) => {
    const rest = [...what];
    return from.filter((item) => {
      const index = rest.indexOf(item);
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
  };
  return { onlyA: subtract(a, b), onlyB: subtract(b, a) };
}
