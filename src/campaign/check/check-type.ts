import { escapeInvisible, findHiddenCharacters } from '../../kit/core/text/unsafe-text.ts';
import { findTypeFaults, placeholder } from '../text/typography/find-type-faults.ts';
import { findTypeTable, type Languages } from '../read/read-languages.ts';
import type { Fault } from '../read/fault.ts';
import type { WrittenText } from '../text/texts.ts';

/**
 * Checks that no text holds characters that nobody sees, or that change the order of others.
 * Attack: a name or number that looks like another one, and is not ("Trojan Source", 2021).
 */
export function checkHidden(texts: readonly WrittenText[]): Fault[] {
  return texts.flatMap(({ file, lineAt, where, text: words }) => {
    const text = words.replaceAll(placeholder, ' ');
    let from = 0;
    return findHiddenCharacters(text).map(({ what, match, why }): Fault => {
      const at = Math.max(text.indexOf(match, from), 0);
      from = at + match.length;
      const before = text.slice(Math.max(0, at - 18), at);
      return {
        file,
        line: lineAt(at),
        where,
        found: `${what}, ${escapeInvisible(match)}, ${before === '' ? 'at the beginning' : `after "${escapeInvisible(before)}"`}`,
        expected: `none in a text: ${why}`,
        fix: 'delete it; an editor that shows invisible characters helps, or type the words anew',
      };
    });
  });
}

/**
 * Checks that each text is set by the rules of its language: quotes, spaces, dashes, apostrophes,
 * numbers.
 */
export function checkType(texts: readonly WrittenText[], languages: Languages): Fault[] {
  return texts.flatMap(({ file, lineAt, where, language, text }) => {
    const table = findTypeTable(languages, language);
    if (!table) return [];
    return findTypeFaults(text, table).map(({ start, found, wanted, rule }) => ({
      file,
      line: lineAt(start),
      where,
      found:
        `${showSpaces(found)} in: ` +
        `${start > 18 ? '…' : ''}${showSpaces(text.slice(Math.max(0, start - 18), start + found.length + 12))}`,
      expected: `${rule}, as ${language} sets it`,
      fix: `write ${showSpaces(wanted)}${explainSpaces(wanted, file)}`,
    }));
  });
}

const names: Record<string, string> = {
  '\u00A0': '[no-break space]',
  '\u202F': '[narrow no-break space]',
  '\uFFFC': '[…]',
};

/** How a space that no keyboard has gets into a file. */
function explainSpaces(wanted: string, file: string): string {
  const [space] = /[\u00A0\u202F]/.exec(wanted) ?? [];
  if (space === undefined) return '';
  const code = space === '\u00A0' ? '00A0' : '202F';
  return file.endsWith('.yaml')
    ? `, between double quotes as \\u${code}`
    : `, the character U+${code}: copy it from between these brackets [${space}]`;
}

/** The no-break spaces by name, since they look like others. */
const showSpaces = (text: string): string =>
  text.replace(/[\u00A0\u202F\uFFFC]/g, (character) => names[character] ?? character);
