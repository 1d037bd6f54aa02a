import { campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { readEntries } from '../../src/campaign/read/read-entries.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { collectionNames, rowOf } from '../../src/campaign/schema/collections.ts';
import type { Entries, Entry } from '../../src/campaign/schema/entries.ts';
import type { Locales, Translation } from '../../src/campaign/schema/fields.ts';

/**
 * The translations of texts on law, safety or money that no native reader has checked, as lines for
 * whoever is to sign: a wrong word there can cost a reader freedom, and the signer may be the last
 * to look. Read as the build reads: a signer must not be shown other fields than those that were
 * built.
 * @param campaignFolder one that has been built, so its files have no faults
 */
export function listUnchecked(campaignFolder: string): string[] {
  const { locales } = readSite(campaignFolder, `the campaign ${campaignName()}`);
  const { entries } = readEntries(campaignFolder, locales, []);
  const lines = [...listTexts(entries).sort(), ...countRecords(entries, locales)];
  return lines.length === 0
    ? []
    : [
        'translations on law, safety or money that no native reader has checked; their pages say so',
        ...lines,
        '',
      ];
}

/**
 * What texts and records say of themselves; a collection that lacks a field has nothing to show for
 * it.
 */
interface Versioned {
  readonly version?: number;
  readonly touches?: readonly string[];
  readonly translation?: Translation | undefined;
  readonly translations?: Readonly<Record<string, Translation>>;
}
const fieldsOf = ({ data }: Entry) => data as Versioned;

function listTexts(entries: Entries): string[] {
  return namesOf('declared').flatMap((name) => {
    const texts: Entry[] = entries[name];
    const originals = new Map(
      texts
        .filter((text) => !fieldsOf(text).translation)
        .map((text) => [text.slug, fieldsOf(text)]),
    );
    return texts.flatMap((text) => {
      const { translation } = fieldsOf(text);
      const { touches = [], version = 1 } = originals.get(text.slug) ?? {};
      if (!translation || translation.checked || touches.length === 0) return [];
      const behind = version - translation.of;
      return [
        `  ${text.file}: ${touches.join(', ')}${behind > 0 ? `; the original is ${behind} ahead` : ''}`,
      ];
    });
  });
}

/**
 * Records that touch law, safety or money as a whole: a page shows many of them, so they are
 * counted.
 */
const countRecords = (entries: Entries, { main, all }: Locales): string[] =>
  all
    .filter((tag) => tag !== main)
    .flatMap((tag) =>
      namesOf('always')
        .sort()
        .flatMap((name) => {
          const records: Entry[] = entries[name];
          const unchecked = records.filter(
            (record) => fieldsOf(record).translations?.[tag]?.checked !== true,
          ).length;
          return unchecked === 0 ? [] : [`  ${name} in ${tag}: ${unchecked} of ${records.length}`];
        }),
    );

const namesOf = (touches: 'declared' | 'always') =>
  collectionNames().filter((name) => rowOf(name).touches === touches);
