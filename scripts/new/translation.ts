import { isMap, isScalar, parseDocument, type Document } from 'yaml';
import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { listCampaignFiles, readText } from '../../src/campaign/read/folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { cutFrontMatter, parseSource } from '../../src/campaign/read/source-file.ts';
import { collectionNames, rowOf } from '../../src/campaign/schema/collections.ts';
import { drawIdentifier } from '../../src/campaign/schema/identifier.ts';
import { findNearest } from '../../src/campaign/read/fault.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import type { NewCommand } from './new-command.ts';
import { reportFile, writeNew } from './new-file.ts';

const usage = `npm run new -- translation PAGE --lang TAG

Begins the translation of a guide or update, such as guide/letters or update/2026/hail: a copy of the original with what a
translation says of itself. The build refuses it until title and description are translated.
  --lang  the language to translate into`;

/** The version of a text in another language. */
export const newTranslation: NewCommand = { usage, run };

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    { lang: { type: 'string' } } as const,
    usage,
    1,
  );
  const [page] = positionals;
  if (page === undefined || values.lang === undefined)
    throw new UsageError(`Expected a page and --lang.\n\n${usage}`);
  reportFile(
    writeTranslation(campaignFolder(), page, values.lang),
    'Now translate title, description, names of sources and the text; leave all else as it is. ' +
      'Then look for faults: npm run check',
  );
  return 0;
}

/** Collections of texts, by the folder of their pages. */
const texts = new Map(
  collectionNames()
    .filter((name) => rowOf(name).form === 'texts')
    .map((name) => [rowOf(name).page, name]),
);

/**
 * Writes the beginning of a translation into a campaign.
 * @param page as its address has it: `guide/letters`
 * @param tag the language to translate into
 * @returns where it is
 * @throws UsageError where it cannot be; CampaignError on files with faults
 */
export function writeTranslation(folder: string, page: string, tag: string): string {
  const { locales } = readSite(folder, `the campaign ${campaignName()}`);
  if (!locales.all.includes(tag))
    throw new UsageError(
      `--lang is "${tag}", expected a language of site.yaml: ${locales.all.join(', ')}.`,
    );
  const [first = '', ...rest] = page.replace(/\.html$/, '').split('/');
  const collection = texts.get(first);
  if (collection === undefined)
    throw new UsageError(
      `Found "${page}", expected a guide or an update, such as guide/letters. The languages of a ` +
        'record are side by side in its file: add a line there.',
    );
  const name = rest.join('/');
  const all = listCampaignFiles(folder, collection).filter((file) => /\.mdx?$/.test(file));
  const nameOf = (file: string) =>
    file
      .split('/')
      .slice(2)
      .join('/')
      .replace(/\.mdx?$/, '');
  const versions = all.filter((file) => nameOf(file) === name);
  if (versions.length === 0) {
    const near = findNearest(name, new Set(all.map(nameOf)));
    throw new UsageError(
      `Found no ${collection}/<language>/${name}${near ? `; did you mean ${first}/${near}?` : '.'}`,
    );
  }
  const own = versions.find((file) => file.split('/')[1] === tag);
  if (own !== undefined) throw new UsageError(`${own} is there already.`);
  const original = versions.find((file) => isOriginal(folder, file));
  if (original === undefined)
    throw new UsageError(
      `${versions.join(' and ')}: none of them is an original. Run npm run check.`,
    );
  const path = `${collection}/${tag}/${original.split('/').slice(2).join('/')}`;
  return writeNew(
    folder,
    path,
    beginTranslation(readText(folder, original), collection === 'updates'),
  );
}

function isOriginal(folder: string, file: string): boolean {
  const source = parseSource(file, readText(folder, file));
  return (
    !('found' in source) &&
    typeof source.data === 'object' &&
    source.data !== null &&
    !('translation' in source.data)
  );
}

/** Fields that only the original has. */
const ofOriginal = ['touches', 'contents', 'id'] as const;
/** Fields to be written anew: empty, so that no original passes for its translation. */
const toTranslate = ['title', 'description'] as const;

/** The text of an original as the beginning of its translation. */
function beginTranslation(text: string, needsId: boolean): string {
  const cut = cutFrontMatter(text);
  if (!cut) throw new UsageError('The original has no front matter. Run npm run check.');
  const document: Document = parseDocument(cut.yaml);
  for (const name of ofOriginal) document.delete(name);
  for (const name of toTranslate) {
    const field = isMap(document.contents)
      ? document.contents.items.find(({ key }) => isScalar(key) && key.value === name)
      : undefined;
    if (!field) continue;
    const before = String(document.get(name));
    const value = document.createNode('');
    value.type = 'QUOTE_DOUBLE';
    value.comment = ` ${before.replaceAll('\n', ' ')}`;
    field.value = value;
  }
  const version = Number(document.get('version') ?? 1);
  document.set('translation', document.createNode({ of: version, checked: false }, { flow: true }));
  if (needsId) document.set('id', drawIdentifier());
  return `---\n${document.toString({ lineWidth: 0 })}---\n\n${cut.body.trimStart()}`;
}
