import { findTypeFaults } from '../text/typography/find-type-faults.ts';
import { findTypeTable } from '../text/typography/tables.ts';
import type { Fault } from '../read/fault.ts';
import type { WrittenText } from '../text/texts.ts';

/**
 * Checks that each text is set by the rules of its language: quotes, spaces, dashes, apostrophes,
 * numbers.
 */
export function checkType(texts: readonly WrittenText[]): Fault[] {
  return texts.flatMap(({ file, lineAt, where, language, text }) => {
    const table = findTypeTable(language);
    if (!table) return [];
    return findTypeFaults(text, table).map(({ start, found, wanted, rule }) => ({
      file,
      line: lineAt(start),
      where,
      found:
        `${showSpaces(found)} in: ` +
        `${start > 18 ? '…' : ''}${showSpaces(text.slice(Math.max(0, start - 18), start + found.length + 12))}`,
      expected: `${rule}, as ${language} sets it`,
      fix: `write ${showSpaces(wanted)}`,
    }));
  });
}

const names: Record<string, string> = {
  '\u00A0': '[no-break space]',
  '\u202F': '[narrow no-break space]',
  '\uFFFC': '[…]',
};

/** The no-break spaces by name, since they look like others. */
const showSpaces = (text: string): string =>
  text.replace(/[\u00A0\u202F\uFFFC]/g, (character) => names[character] ?? character);
