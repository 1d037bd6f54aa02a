import type { TextName } from '../schema/collections.ts';
import { type Entry, versionedOf, type Entries } from '../schema/entries.ts';
import type { Source } from '../schema/evidence.ts';
import type { Site } from '../schema/site.ts';
import type { Fault } from '../read/fault.ts';
import { compareNumbers, localeIn } from '../text/compare-numbers.ts';

/**
 * Checks the language versions of each text: one original, translations that follow a version of
 * it, and fields that agree.
 */
export function checkTranslations(
  texts: Entry<TextName>[],
  site: Pick<Site, 'languages'>,
): Fault[] {
  const faults: Fault[] = [];
  const bySlug = Map.groupBy(texts, ({ slug }) => slug);
  for (const versions of bySlug.values()) {
    const originals = versions.filter(({ data }) => data.translation === undefined);
    const [first, second] = originals;
    if (first === undefined || second !== undefined) {
      const entry = second ?? versions[0];
      if (entry === undefined) continue;
      faults.push({
        file: entry.file,
        where: 'field "translation"',
        found:
          first === undefined
            ? 'only translations of this page'
            : `two originals: ${originals.map(({ file }) => file).join(', ')}`,
        expected: 'one language version without "translation", the original; the others with it',
        fix: 'add "translation: { of: 1, checked: false }" to each translation and to none but these',
      });
      continue;
    }
    for (const version of versions)
      faults.push(...compareFields(first, version, site), ...refuseTouches(version));
    for (const { file, data, lineOf } of versions) {
      if (data.translation && data.translation.of > first.data.version) {
        faults.push({
          file,
          line: lineOf(['translation', 'of']),
          where: 'field "translation.of"',
          found: String(data.translation.of),
          expected: `at most ${first.data.version}, the version of ${first.file}`,
          fix: 'write the version of the original that this text follows',
        });
      }
    }
  }
  return faults;
}

/**
 * Fields that a translation has of its own, or that are compared in another way. All others say the
 * same in every language, also those of a collection that comes later: a translation that turns
 * "dangerous" into "live" changes what readers do.
 */
const ownFields: ReadonlySet<string> = new Set([
  ...['title', 'description', 'publisher', 'id'],
  ...['version', 'published', 'checked', 'translation', 'touches', 'sources', 'contents'],
]);

/** Fields whose words each language has of its own, where the original has any. */
const wordFields: ReadonlySet<string> = new Set(['start']);

function compareFields(
  original: Entry<TextName>,
  version: Entry<TextName>,
  site: Pick<Site, 'languages'>,
): Fault[] {
  const [wanted, given]: Record<string, unknown>[] = [original.data, version.data];
  const compared = (field: string, value: unknown) =>
    JSON.stringify(wordFields.has(field) ? value !== undefined : value);
  const differing = Object.keys({ ...wanted, ...given }).filter(
    (field) =>
      !ownFields.has(field) && compared(field, wanted?.[field]) !== compared(field, given?.[field]),
  );
  const faults = differing.map((field) => ({
    file: version.file,
    line: version.lineOf([field]),
    where: `field "${field}"`,
    found: JSON.stringify(given?.[field]) ?? 'nothing',
    expected: `${JSON.stringify(wanted?.[field]) ?? 'nothing'}, as in ${original.file}`,
    fix: 'make the two the same; what a page says may be translated, what it is may not',
  }));
  const [sourcesA, sourcesB] = [original, version].map(({ data }) =>
    data.sources.map(nameSource).join(', '),
  );
  const [wordsA, wordsB] = [original, version].map(({ data, language = '' }) => ({
    text: `${data.title} | ${data.description}`,
    locale: localeIn(site, language),
  }));
  const numbers = wordsA && wordsB && compareNumbers(wordsA, wordsB, { counted: false });
  if (sourcesA !== sourcesB)
    faults.push({
      file: version.file,
      line: version.lineOf(['sources']),
      where: 'field "sources"',
      found: `sources of ${sourcesB}`,
      expected: `sources of ${sourcesA}, as in ${original.file}`,
      fix: 'name the same sources, in the same order, with the same ids and dates',
    });
  if (numbers && numbers.onlyA.length + numbers.onlyB.length > 0)
    faults.push({
      file: version.file,
      line: version.lineOf(['title']),
      where: 'title and description',
      found: `the numbers ${numbers.onlyB.join(', ') || 'none'}`,
      expected: `${numbers.onlyA.join(', ') || 'none'}, as in ${original.file}`,
      fix: 'compare the two with the source, and fix the wrong one',
    });
  return faults;
}

/**
 * What a text touches is known from its original; a translation that said less would be read less
 * closely before signing.
 */
function refuseTouches({ file, data, lineOf }: Entry<TextName>): Fault[] {
  if (data.translation === undefined || data.touches.length === 0) return [];
  return [
    {
      file,
      line: lineOf(['touches']),
      where: 'field "touches"',
      found: data.touches.join(', '),
      expected: 'nothing: a translation touches what its original does',
      fix: 'take the field out here',
    },
  ];
}

/** What is the same of a source in all languages. */
const nameSource = ({ id, date, until }: Source): string =>
  `${date ?? ''}/${until ?? ''}${id === undefined ? '' : ` (${id})`}`;

/** Records whose translation follows a version that there is not yet. */
export function checkRecordVersions(entries: Entries): Fault[] {
  return versionedOf(entries).flatMap(({ file, data, lineOf }) =>
    Object.entries(data.translations)
      .filter(([, { of }]) => of > data.version)
      .map(([tag, { of }]) => ({
        file,
        line: lineOf(['translations', tag, 'of']),
        where: `field "translations.${tag}.of"`,
        found: String(of),
        expected: `at most ${data.version}, the version of the record`,
        fix:
          'write the version of the original that this translation follows, or raise ' +
          '"version" if the original has changed',
      })),
  );
}
