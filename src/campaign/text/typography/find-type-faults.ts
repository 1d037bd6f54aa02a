import type { TypeTable } from '../../schema/language.ts';
import { findQuoteFaults } from './quotes.ts';
import type { TypeFault } from './type-fault.ts';

/** Stands in a text for what is not to be read: code, or a phrase in another language. */
export const placeholder = '\uFFFC';

type Find = (text: string, table: TypeTable) => TypeFault[];

/**
 * All places of a text that are not set as its language asks, in the order of the text.
 * @param text one paragraph, heading or field, with `placeholder` for code
 */
export function findTypeFaults(text: string, table: TypeTable): TypeFault[] {
  return rules.flatMap((find) => find(text, table)).sort((a, b) => a.start - b.start);
}

/**
 * Patterns begin with a character that is rare: what comes before it is looked at last. All texts
 * of a campaign pass here.
 */
const space = '[ \\u00A0\\u202F]';
const apostrophes = /['`´ʼ‘′]/g;
const dots = /\.{3,}/g;
const spaces = new RegExp(`${space}{2,}`, 'g');
const bracketSpaces = new RegExp(`[([]${space}+|${space}+[)\\]]`, 'g');
const closeSigns = /[,;!?](?=\p{L})/gu;
const marks = new RegExp(`${space}?[.,;:!?](?=[.!?…]*(?:$|[\\s\\p{Pe}\\p{Pf}”“]))`, 'gu');
const beforeSign = new RegExp(`[\\p{L}\\p{N}\\p{Pe}\\p{Pf}…%}${placeholder}]$`, 'u');
const dashes = new RegExp(`${space}(?:-{1,2}|[\\u2010-\\u2015\\u2212])(?=${space})`, 'g');
const ranges = /\b(\d{1,4})-(\d{1,4})(?![\p{L}\d-])/gu;
const groups = /\b\d{1,3}([.,'’ \u00A0\u2009\u202F])\d{3}(?:\1\d{3})*(?![\p{L}\d]|[.,]\d)/gu;
const longNumbers = /\b\d{5,}(?![\p{L}\d])/gu;
const percents = new RegExp(`${space}?%`, 'g');

const has = (list: readonly string[], text: string): boolean => list.includes(text);
const isLetter = (character: string): boolean => /\p{L}/u.test(character);
/** Digits after these are part of something longer: a name, a day, a fraction. */
const isInside = (character: string): boolean => /[\p{L}\d.,-]/u.test(character);

const findApostrophes: Find = (text) =>
  each(
    text,
    apostrophes,
    ([mark], before, after) => (mark === "'" || (isLetter(before) && isLetter(after)) ? '’' : mark),
    'the apostrophe, a curved one (U+2019)',
  );

const findDots: Find = (text) =>
  each(text, dots, () => '…', 'the ellipsis, one character (U+2026)');

const findSpaces: Find = (text) => [
  ...each(text, spaces, ([run]) => /[\u00A0\u202F]/.exec(run)?.[0] ?? ' ', 'one space, not two'),
  ...each(text, bracketSpaces, ([run]) => run.trim(), 'no space inside brackets'),
  ...each(
    text,
    closeSigns,
    ([mark], before) => (isLetter(before) ? `${mark} ` : mark),
    'a space after the mark',
  ),
];

/**
 * The space before a mark, where a word or a bracket comes before it and the mark ends something.
 */
const findSigns: Find = (text, table) =>
  each(
    text,
    marks,
    ([found], before) =>
      beforeSign.test(before) ? (table.before[found.trim()] ?? '') + found.trim() : found,
    'the space before the mark',
  );

const findDashes: Find = (text, table) => [
  ...each(
    text,
    dashes,
    ([found]) => `\u00A0${has(table.dashes, found.slice(1)) ? found.slice(1) : table.dashes[0]}`,
    'the dash, with a no-break space before it',
  ),
  // Not in the number of an article, 361-1.
  ...each(
    text,
    ranges,
    ([range, from = '', to = ''], before) =>
      isInside(before) || Number(from) >= Number(to) ? range : `${from}–${to}`,
    'the dash between two numbers',
  ),
];

const findNumbers: Find = (text, table) => {
  const [separator = ''] = table.thousands;
  return [
    // A point could be that of a decimal fraction where the comma parts thousands.
    ...each(
      text,
      groups,
      ([number, mark = ''], before) =>
        isInside(before) || (mark === '.' && separator === ',') || has(table.thousands, mark)
          ? number
          : number.replaceAll(mark, separator),
      'the separator of thousands',
    ),
    ...each(
      text,
      longNumbers,
      ([number], before) =>
        isInside(before) ? number : number.replace(/\B(?=(?:\d{3})+$)/g, separator),
      'a number of five digits or more in groups of three',
    ),
    ...each(
      text,
      percents,
      ([found], before) =>
        /\d/.test(before) && !has(table.percent, found.slice(0, -1))
          ? `${table.percent[0]}%`
          : found,
      'the space before "%"',
    ),
  ];
};

const rules: readonly Find[] = [
  findQuoteFaults,
  findApostrophes,
  findDots,
  findSpaces,
  findSigns,
  findDashes,
  findNumbers,
];

/**
 * The matches that are not yet what `fix` makes of them; it is given the characters before and
 * after each, too.
 */
function each(
  text: string,
  pattern: RegExp,
  fix: (match: RegExpExecArray, before: string, after: string) => string,
  rule: string,
): TypeFault[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { 0: found, index: start } = match;
    const wanted = fix(match, text.charAt(start - 1), text.charAt(start + found.length));
    return wanted === found ? [] : [{ start, found, wanted, rule }];
  });
}
