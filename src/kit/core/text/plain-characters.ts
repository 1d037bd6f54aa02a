/**
 * Signs that readers and machines take for one another, in their plainest form, so that one pattern
 * finds them all.
 */

/**
 * Digits of all scripts as those of ASCII: ٣٧٥ and ３７５ are dialled like 375. Unicode counts the
 * digits of a script up from its 0.
 */
export const toAsciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit)));

function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10; // some digits stand in several sets without a gap, each from 0 to 9
}

/**
 * Digits in circles that Unicode does not call digits: the first code of a row, and its first
 * value.
 */
const circledDigits: readonly [first: number, value: number, count: number][] = [
  [0x24f5, 1, 9],
  [0x24ff, 0, 1],
  [0x2776, 1, 9],
  [0x2780, 1, 9],
  [0x278a, 1, 9],
  [0x1f10b, 0, 1],
  [0x1f10c, 0, 1],
];

function readCircledDigit(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const row = circledDigits.find(([first, , count]) => code >= first && code < first + count);
  return row && String(row[1] + code - row[0]);
}

/**
 * A text in plain signs, and where in the original each of its units stands; one place more, for
 * the end.
 */
export interface PlainText {
  plain: string;
  places: number[];
}

/**
 * Any space becomes a space, any hyphen or dash a hyphen, full-width and other styled letters plain
 * ones (NFKC), digits those of ASCII, and what is invisible goes: so a number cannot hide from a
 * pattern, however it is set.
 */
export function toPlainSigns(text: string): PlainText {
  let plain = '';
  const places: number[] = [];
  let place = 0;
  for (const sign of text) {
    const form = toPlainSign(sign);
    for (let unit = 0; unit < form.length; unit++) places.push(place);
    plain += form;
    place += sign.length;
  }
  return { plain, places: [...places, place] };
}

function toPlainSign(sign: string): string {
  if (/^[!-~ ]$/.test(sign)) return sign;
  if (/\s/.test(sign)) return ' ';
  if (/[\p{Pd}\u2212]/u.test(sign)) return '-';
  // Enclosing marks are no letters of their own: a keycap is a digit and such a mark.
  if (/[\p{Default_Ignorable_Code_Point}\p{Me}]/u.test(sign)) return '';
  return readCircledDigit(sign) ?? toAsciiDigits(sign.normalize('NFKC'));
}
