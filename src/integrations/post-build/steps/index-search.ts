import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createIndex, close } from 'pagefind';
import type { Records } from '../../../campaign/read-campaign.ts';
import { findSearchTable } from '../../../campaign/read/read-languages.ts';
import { shareKeys } from '../../../lib/search/synonyms.ts';
import { makeWordRules } from '../../../lib/search/word-rules.ts';
import type { Dist } from '../dist.ts';
import { finishFile, languageOfKeys } from '../search/finish-files.ts';
import { makeRecords, type SearchRecord } from '../search/make-records.ts';
import { knownNames } from '../terms/known-names.ts';

/**
 * Excerpts of all languages are in one folder; what is more is put together in larger files, so
 * that the folder does not grow with the site.
 */
const maxFragmentsOfAll = 300;

/**
 * Words and their positions in one file of an index, and so many files at most: a search loads one
 * for each word. Pagefind's own 20,000 are 30 kB.
 */
const [smallChunk, maxChunksOfAll] = [5_000, 600];

/**
 * Writes the search index, one a language, from the places of the pages that say that they belong
 * in it: what Pagefind indexes is what words have in common, what it shows is the text.
 */
export async function indexSearch(dist: Dist, campaign: Records): Promise<void> {
  const maxFragments = Math.floor(maxFragmentsOfAll / dist.site.languages.length);
  const records = listRecords(dist, campaign);
  process.env['PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE'] = String(chooseChunk(records));
  const { index, errors } = await createIndex({ writePlayground: false, maxFragments });
  if (!index) throw new Error(`Pagefind does not start: ${errors.join('; ')}`);
  try {
    for (const [url, { language, keys, fields }] of records) {
      const meta = Object.fromEntries(
        Object.entries(fields).map(([name, all]) => [name, all.join(' ')]),
      );
      const result = await index.addCustomRecord({
        url,
        language: languageOfKeys(language),
        content: keys.join(' '),
        meta,
      });
      if (result.errors.length > 0)
        throw new Error(`Pagefind does not take ${url}: ${result.errors.join('; ')}`);
    }
    const made = await index.getFiles();
    if (made.errors.length > 0) throw new Error(`Pagefind cannot write: ${made.errors.join('; ')}`);
    for (const { path, content } of made.files) {
      const finished = finishFile(path, content, records);
      if (!finished) continue;
      const file = join(dist.folder, 'pagefind', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, finished);
    }
  } finally {
    await close();
  }
}

/** How large the files of an index are, by what Pagefind counts: words on places, and positions. */
function chooseChunk(records: ReadonlyMap<string, SearchRecord>): number {
  const all = [...records.values()].flatMap(({ keys, fields }) => [
    keys.length,
    ...Object.values(fields).map((words) => words.length),
  ]);
  const positions = all.reduce((sum, count) => sum + count, 0);
  return Math.max(smallChunk, Math.ceil((2 * positions) / maxChunksOfAll));
}

/** The places of all pages, by their address. */
function listRecords(dist: Dist, campaign: Records): Map<string, SearchRecord> {
  const records = dist.site.languages.flatMap(({ tag }) => {
    const rules = makeWordRules(tag, findSearchTable(campaign.languages, tag));
    const known = {
      rules,
      shared: shareKeys(
        campaign.entries.synonyms.map(({ data }) => data),
        rules,
      ),
      ofPages: knownNames(campaign, tag).ofPages,
    };
    const pages = dist.pages.filter(({ path }) => path.startsWith(`${tag}/`));
    return makeRecords(pages, known);
  });
  return new Map(records.map((record) => [record.url, record]));
}
