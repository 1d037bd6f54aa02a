import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Records } from '../../src/campaign/read-campaign.ts';
import type { Site } from '../../src/campaign/schema/site.ts';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { checkFolders } from '../../src/integrations/post-build/steps/check-files.ts';
import { indexSearch } from '../../src/integrations/post-build/steps/index-search.ts';
import { makeFolder } from '../helpers/build.ts';

/** As much of a built site as the index of the search needs. */
function makeDist(tags: readonly string[], pagesEach: number): Dist {
  const pages = tags.flatMap((tag) =>
    Array.from({ length: pagesEach }, (_, index) =>
      parsePage(
        `${tag}/update/2024/note-${index}.html`,
        `<html lang="${tag}"><main data-listed><h1>Note ${index}</h1><p>Rain fell.</p></main></html>`,
      ),
    ),
  );
  const languages = tags.map((tag) => ({ tag, name: tag, direction: 'ltr' }));
  return {
    folder: makeFolder('indexed-'),
    files: new Set(),
    moved: new Map(),
    pages,
    site: { languages } as unknown as Site,
    register: [],
    faults: [],
  };
}

describe('a folder of a finished site', () => {
  it('is refused with one entry too many, whatever they are', () => {
    const files = Array.from({ length: 1001 }, (_, index) => `en/${index}/x.html`);
    expect(checkFolders(files)).toMatchObject([{ file: 'en/', found: '1001 entries' }]);
    expect(checkFolders(files.slice(1))).toEqual([]);
  });

  it('holds the excerpts of any number of pages for the search', async () => {
    const dist = makeDist(['en', 'fr', 'de'], 400);
    const records = {
      entries: { synonyms: [], initiatives: [] },
      languages: new Map(),
    } as unknown as Records;
    await indexSearch(dist, records);
    const excerpts = readdirSync(join(dist.folder, 'pagefind/fragment'));
    for (const { tag } of dist.site.languages)
      expect(excerpts.filter((name) => name.startsWith(`x-${tag}_`)).length, tag).toBeGreaterThan(
        0,
      );
    expect(excerpts.length).toBeLessThanOrEqual(300);
  });
});
