import { collectNumerals, diffLists } from '../lib/numerals.ts';
import type { Entries, Entry } from './collections.ts';
import type { Site } from '../schema/site.ts';
import type { Fault } from './fault.ts';
import type { SourceFile } from './source-file.ts';

/** Checks that the languages of each text in the records agree in their numerals (invariant 6: translations say the same). */
export function checkNumerals({ initiatives, actions, sites, dates, figures, mirrors, leaflets, letters, subjects }: Entries, site: Site, siteSource: SourceFile): Fault[] {
  const records: Entry[] = [...initiatives, ...actions, ...sites, ...dates, ...figures, ...mirrors, ...leaflets, ...letters, ...subjects];
  return [...records.flatMap((entry) => compareMaps(entry, entry.data, [])), ...compareMaps(siteSource, site, [])];
}

function compareMaps(entry: Pick<SourceFile, 'file' | 'lineOf'>, value: unknown, path: PropertyKey[]): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => compareMaps(entry, item, [...path, index]));
  const fields = Object.entries(value);
  const texts = fields.filter(([key, item]) => /^[a-z]{2,3}(-|$)/.test(key) && (typeof item === 'string' || Array.isArray(item)));
  if (texts.length !== fields.length || texts.length < 2) return fields.flatMap(([key, item]) => compareMaps(entry, item, [...path, key]));

  const [[mainTag, mainText] = ['', ''], ...others] = texts;
  return others.flatMap(([tag, text]) => {
    const { onlyA, onlyB } = diffLists(numeralsOf(mainText), numeralsOf(text));
    if (onlyA.length + onlyB.length === 0) return [];
    return [
      {
        file: entry.file,
        line: entry.lineOf([...path, tag]),
        where: `field "${path.join('.')}"`,
        found: `numbers that differ: ${mainTag} has ${onlyA.join(', ') || 'none more'}, ${tag} has ${onlyB.join(', ') || 'none more'}`,
        expected: 'the same numbers in each language, in digits or in words',
        mend: 'compare the two with the source, and mend the wrong one',
      },
    ];
  });
}

const numeralsOf = (text: unknown) => collectNumerals(Array.isArray(text) ? text.join(' | ') : String(text));
