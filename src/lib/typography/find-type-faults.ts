import { findQuoteFaults } from './quotes.ts';
import type { TypeTable } from './table.ts';

/** A place of a text that is not set as its language asks. */
export interface TypeFault {
  /** Where it begins, in code units. */
  start: number;
  found: string;
  /** What should stand there. */
  wanted: string;
  /** The rule, in words. */
  rule: string;
}

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

const space = '[ \\u00A0\\u202F]';

const findApostrophes: Find = (text) =>
  each(text, /(?<=\p{L})['`´ʼ‘′](?=\p{L})|'/gu, () => '’', 'the apostrophe, a curved one (U+2019)');

const findDots: Find = (text) => each(text, /\.{3,}/g, () => '…', 'the ellipsis, one sign (U+2026)');

const findSpaces: Find = (text) => [
  ...each(text, new RegExp(`${space}{2,}`, 'g'), ([run]) => (/[\u00A0\u202F]/.exec(run)?.[0] ?? ' '), 'one space, not two'),
  ...each(text, new RegExp(`[([]${space}+|${space}+[)\\]]`, 'g'), ([run]) => run.trim(), 'no space inside brackets'),
  ...each(text, /(?<=\p{L})[,;!?](?=\p{L})/gu, ([sign]) => `${sign} `, 'a space after the sign'),
];

/** The space before a sign, where a word or a bracket stands before it and the sign ends something. */
const findSigns: Find = (text, table) =>
  each(
    text,
    new RegExp(`(?<=[\\p{L}\\p{N}\\p{Pe}\\p{Pf}…%}${placeholder}])(${space}*)([.,;:!?])(?=[.!?…]*(?:$|[\\s\\p{Pe}\\p{Pf}”“]))`, 'gu'),
    ([, , sign = '']) => (table.before[sign] ?? '') + sign,
    'the space before the sign',
  );

const findDashes: Find = (text, table) => [
  ...each(text, new RegExp(`${space}(?:-{1,2}|[\\u2010-\\u2015\\u2212])(?=${space})`, 'g'), ([found]) => `\u00A0${table.dashes.includes(found.slice(1)) ? found.slice(1) : table.dashes[0]}`, 'the dash, with a no-break space before it'),
  // Not in the number of an article, 361-1.
  ...each(text, /(?<![\p{L}\d.-])(\d{1,4})-(\d{1,4})(?![\p{L}\d-])/gu, ([range, from = '', to = '']) => (Number(from) < Number(to) ? `${from}–${to}` : range), 'the dash between two numbers'),
];

const findNumbers: Find = (text, table) => [
  // A point could be that of a decimal fraction where the comma parts thousands.
  ...each(text, /(?<![\p{L}\d.,])\d{1,3}([.,'’ \u00A0\u2009\u202F])\d{3}(?:\1\d{3})*(?![\p{L}\d]|[.,]\d)/gu, ([number, mark = '']) => (mark === '.' && table.thousands[0] === ',' || table.thousands.includes(mark) ? number : number.replaceAll(mark, table.thousands[0] ?? '')), 'the sign between thousands'),
  ...each(text, /(?<![\p{L}\d.,-])\d{5,}(?![\p{L}\d])/gu, ([number]) => number.replace(/\B(?=(?:\d{3})+$)/g, table.thousands[0] ?? ''), 'a number of five digits or more in groups of three'),
  ...each(text, new RegExp(`(?<=\\d)(${space}?)%`, 'g'), ([found, gap = '']) => (table.percent.includes(gap) ? found : `${table.percent[0]}%`), 'the space before "%"'),
];

const rules: readonly Find[] = [findQuoteFaults, findApostrophes, findDots, findSpaces, findSigns, findDashes, findNumbers];

/** The matches that are not yet what `mend` makes of them. */
function each(text: string, pattern: RegExp, mend: (match: RegExpExecArray) => string, rule: string): TypeFault[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const wanted = mend(match);
    return wanted === match[0] ? [] : [{ start: match.index, found: match[0], wanted, rule }];
  });
}
