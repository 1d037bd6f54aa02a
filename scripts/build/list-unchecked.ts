import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { cutFrontMatter } from '../../src/campaign/read/source-file.ts';
import { collectionNames, rowOf } from '../../src/campaign/schema/collections.ts';

interface Text {
  readonly file: string;
  readonly slug: string;
  readonly touches: readonly string[];
  readonly translation: { readonly of: number; readonly checked: boolean } | undefined;
  readonly version: number;
}

interface RecordText {
  readonly translations?: Readonly<Record<string, { readonly checked: boolean }>>;
}

/**
 * The translations of texts on law, safety or money that no native reader has checked, as lines for whoever is to sign: a wrong word
 * there can cost a reader freedom, and the signer may be the last to look. The build has checked the fields that are read here.
 */
export function listUnchecked(campaignFolder: string): string[] {
  const texts = collectionNames()
    .filter((name) => rowOf(name).touches === 'declared')
    .flatMap((name) => readTexts(campaignFolder, name));
  const originals = new Map(
    texts.filter(({ translation }) => translation === undefined).map((text) => [text.slug, text]),
  );
  const pages = texts.flatMap(({ file, slug, translation }) => {
    const original = originals.get(slug);
    if (!translation || translation.checked || !original || original.touches.length === 0)
      return [];
    const behind = original.version - translation.of;
    return [
      `  ${file}: ${original.touches.join(', ')}${behind > 0 ? `; the original is ${behind} ahead` : ''}`,
    ];
  });
  const lines = [...pages.sort(), ...countRecords(campaignFolder)];
  return lines.length === 0
    ? []
    : [
        'translations on law, safety or money that no native reader has checked; their pages say so',
        ...lines,
        '',
      ];
}

/** Records that touch law, safety or money as a whole: a page shows many of them, so they are counted. */
function countRecords(campaignFolder: string): string[] {
  const { main, languages } = parse(readFileSync(join(campaignFolder, 'site.yaml'), 'utf8')) as {
    main: string;
    languages: { tag: string }[];
  };
  const kinds = collectionNames()
    .filter((name) => rowOf(name).touches === 'always')
    .sort()
    .map((kind) => ({ kind, records: readRecords(join(campaignFolder, kind)) }));
  return languages
    .filter(({ tag }) => tag !== main)
    .flatMap(({ tag }) =>
      kinds.flatMap(({ kind, records }) => {
        const unchecked = records.filter(
          ({ translations }) => translations?.[tag]?.checked !== true,
        ).length;
        return unchecked === 0 ? [] : [`  ${kind} in ${tag}: ${unchecked} of ${records.length}`];
      }),
    );
}

function readRecords(folder: string): RecordText[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.map((file) => parse(readFileSync(join(folder, file), 'utf8')) as RecordText);
}

function readTexts(campaignFolder: string, kind: string): Text[] {
  const files = readdirSync(campaignFolder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  return files
    .filter((file) => file.startsWith(`${kind}/`) && /\.mdx?$/.test(file))
    .map((file) => {
      // Cut as the build cuts: a signer must not be shown other fields than those that were built.
      const fields = cutFrontMatter(readFileSync(join(campaignFolder, file), 'utf8'))?.yaml ?? '';
      const {
        touches = [],
        translation,
        version,
      } = parse(fields) as Partial<Text> & Pick<Text, 'version'>;
      return {
        file,
        slug: `${kind}/${file.slice(file.lastIndexOf('/') + 1).replace(/\.mdx?$/, '')}`,
        touches,
        translation,
        version,
      };
    });
}
