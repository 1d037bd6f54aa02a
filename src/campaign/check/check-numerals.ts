import { recordsOf, type Entries } from '../schema/entries.ts';
import { compareNumbers, localeIn } from '../text/compare-numbers.ts';
import { isLanguageMap } from '../text/texts.ts';
import type { Site } from '../schema/site.ts';
import type { Fault } from '../read/fault.ts';
import type { SourceFile } from '../read/source-file.ts';

/**
 * Checks that the languages of each text in the records agree in their numerals (invariant 6:
 * translations say the same).
 */
export function checkNumerals(entries: Entries, site: Site, siteSource: SourceFile): Fault[] {
  return [
    ...recordsOf(entries).flatMap((entry) => compareMaps(entry, entry.data, [], site)),
    ...compareMaps(siteSource, site, [], site),
  ];
}

function compareMaps(
  entry: Pick<SourceFile, 'file' | 'lineOf'>,
  value: unknown,
  path: PropertyKey[],
  site: Site,
): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((item, index) => compareMaps(entry, item, [...path, index], site));
  if (!isLanguageMap(value))
    return Object.entries(value).flatMap(([key, item]) =>
      compareMaps(entry, item, [...path, key], site),
    );

  const [[mainTag, mainText] = ['', ''], ...others] = Object.entries(value);
  return others.flatMap(([tag, text]) => {
    const { onlyA, onlyB } = compareNumbers(
      { text: textOf(mainText), locale: localeIn(site, mainTag) },
      { text: textOf(text), locale: localeIn(site, tag) },
      { counted: false },
    );
    if (onlyA.length + onlyB.length === 0) return [];
    return [
      {
        file: entry.file,
        line: entry.lineOf([...path, tag]),
        where: `field "${path.join('.')}"`,
        found:
          `numbers that differ: ${mainTag} has ${onlyA.join(', ') || 'none more'}, ${tag} ` +
          `has ${onlyB.join(', ') || 'none more'}`,
        expected: 'the same numbers in each language, in digits or in words',
        fix: 'compare the two with the source, and fix the wrong one',
      },
    ];
  });
}

const textOf = (text: unknown) => (Array.isArray(text) ? text.join(' | ') : String(text));
