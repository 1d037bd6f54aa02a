/** The names that our builds and the browsers that save pages write; all others stay as written, and are reported. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  AMP: '&',
  lt: '<',
  LT: '<',
  gt: '>',
  GT: '>',
  quot: '"',
  QUOT: '"',
  apos: "'",
  nbsp: '\u00A0',
  shy: '\u00AD',
  copy: '©',
  reg: '®',
  laquo: '«',
  raquo: '»',
  middot: '·',
  sect: '§',
  deg: '°',
  times: '×',
  szlig: 'ß',
  oelig: 'œ',
  OElig: 'Œ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  hellip: '…',
  bull: '•',
  euro: '€',
  Agrave: 'À',
  Acirc: 'Â',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ecirc: 'Ê',
  agrave: 'à',
  acirc: 'â',
  auml: 'ä',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  iuml: 'ï',
  icirc: 'î',
  ocirc: 'ô',
  ouml: 'ö',
  ugrave: 'ù',
  ucirc: 'û',
  uuml: 'ü',
  zwnj: '\u200C',
  zwj: '\u200D',
  lrm: '\u200E',
  rlm: '\u200F',
  ZeroWidthSpace: '\u200B',
  NoBreak: '\u2060',
};
/** Those of the table above that HTML takes without the semicolon, too. */
const bare =
  /^(?:amp|AMP|lt|LT|gt|GT|quot|QUOT|nbsp|shy|copy|reg|laquo|raquo|middot|sect|deg|times|szlig|[ACEace](?:grave|circ|cute|cedil)|[Ee]acute|[aeiou]uml|[iou]circ|ugrave)/;

/** What numbers of windows-1252 mean (HTML standard, 13.2.5.80); 0 where nothing is meant. */
const windows = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152,
  0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
  0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/**
 * Reads the character references of a text or an attribute (HTML standard, 13.2.5.72 to 80).
 * @param inAttribute there a name without semicolon is none before a letter, digit or `=`: `?a=1&copy=2` is an address
 * @param onUnknown is told each name that is not read here, and that a browser may read: it must count as a difference
 */
export function decodeReferences(
  text: string,
  inAttribute: boolean,
  onUnknown: (name: string) => void,
): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([a-zA-Z][a-zA-Z0-9]{0,40})(;?)(?=(=?)))/g,
    (
      written: string,
      hex: string | undefined,
      decimal: string | undefined,
      name: string | undefined = '',
      end: string | undefined = '',
      equals: string | undefined = '',
    ) => {
      if (hex !== undefined) return toCharacter(Number.parseInt(hex.slice(-9), 16), hex);
      if (decimal !== undefined) return toCharacter(Number(decimal), decimal);
      if (end === ';' && Object.hasOwn(named, name)) return named[name] ?? written;
      const start = bare.exec(name)?.[0] ?? '';
      if (Object.hasOwn(named, start)) {
        if (inAttribute && (start !== name || equals !== '')) return written;
        return `${named[start]}${name.slice(start.length)}${end}`;
      }
      onUnknown(written);
      return written;
    },
  );
}

/** Numbers that are no character become U+FFFD, however many digits they have. */
function toCharacter(code: number, digits: string): string {
  if (
    /^0*$/.test(digits) ||
    code > 0x10ffff ||
    /[1-9a-fA-F]/.test(digits.slice(0, -9)) ||
    (code >= 0xd800 && code <= 0xdfff)
  )
    return '\uFFFD';
  return String.fromCodePoint(windows[code - 0x80] || code);
}
