import { toAsciiDigits } from './plain-signs.ts';

const whole = String.raw`\d{1,3}(?:[.,'’٬\u00A0\u2009\u202F ]\d{3})+(?!\d)|\d+`;
/** One or two digits after a mark are a fraction, since three are a group of thousands; not inside 14.11.2021, which is a day. */
const fraction = String.raw`(?<!\d[.,]\k<whole>)[.,٫](?<fraction>\d{1,2})(?![.,]?\d)`;
const numeral = new RegExp(`(?<whole>${whole})(?:${fraction})?`, 'g');

/**
 * The numerals of a text, without the thousands separators of its language, sorted: "8,400", "8 400" and "8.400" are all
 * 8400, and "8,4" is 8.4. Two translations of one text must agree in them: a changed figure is the easiest lie to miss.
 */
export function collectNumerals(text: string): string[] {
  const numerals = [...toAsciiDigits(text).matchAll(numeral)].map(({ groups }) => {
    const digits = groups?.['whole']?.replace(/\D/g, '') ?? '';
    return groups?.['fraction'] === undefined ? digits : `${digits}.${groups['fraction']}`;
  });
  return [...new Set(numerals)].sort();
}

/** What stands in one list and not in the other, both ways. */
export function diffLists(a: readonly string[], b: readonly string[]): { onlyA: string[]; onlyB: string[] } {
  return { onlyA: a.filter((item) => !b.includes(item)), onlyB: b.filter((item) => !a.includes(item)) };
}
