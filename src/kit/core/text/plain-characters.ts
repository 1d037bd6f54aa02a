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
  return (code - first) % 10; // some digits are in several sets without a gap, each from 0 to 9
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
 * A text in plain characters, and where in the original each of its units is; one place more, for
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

/** Characters of a name that are shown, where nothing else is said. */
const usual = 120;

/**
 * A name that a stranger chose, in quotes, fit for a terminal or a log: signs that are not seen or
 * that steer a terminal become `\u{…}`, and what is too long is cut. Attack: a name with escape
 * codes repaints the screen, so that a refused archive reads as authentic.
 */
export function quoteName(name: string, longest = usual): string {
  const signs = [...name];
  const shown = escapeHidden(signs.slice(0, longest).join('').replace(/["\\]/g, '\\$&'));
  return `"${shown}${signs.length > longest ? '…' : ''}"`;
}

const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const escapeHidden = (text: string): string =>
  text.replace(hidden, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);

/**
 * A text of several lines, parts of which a stranger may have written, fit for a terminal: as
 * `quoteName`, but whole and with its line ends.
 */
export const showText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split('\t').map(escapeHidden).join('\t'))
    .join('\n');

/**
 * The name of a copy as its user has written it, unless a sign in it is hidden. Attack: a download
 * called "x.zip: AUTHENTIC" with a line end and escape codes, which a shell completes.
 */
export const showName = (name: string): string =>
  name.search(hidden) < 0 ? name : quoteName(name);

/**
 * JSON whose hidden signs are escaped; it means the same. Attack: JSON allows signs in its texts
 * that turn the direction or, from U+0080 on, steer a terminal.
 */
export const showJson = (json: string): string =>
  json.replace(hidden, (sign) =>
    sign === '\n'
      ? sign
      : [...Array(sign.length).keys()]
          .map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );

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

/** The same with each numeral as often as it occurs, in the order of the text. */
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
