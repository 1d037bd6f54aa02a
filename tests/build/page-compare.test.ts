import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { comparePages } from '../../src/kit/core/page-diff/compare-pages.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { describeChange } from '../../src/kit/core/page-diff/page-change.ts';
import { readPage } from '../../src/kit/core/page-diff/read-page.ts';
import { languages, readInterface } from '../helpers/campaign.ts';
import { readSite } from '../helpers/site.ts';

const site = inject('defaultSite');
const read = (path: string): string => decodePage(readFileSync(join(site, path)));

describe('comparePages, of a page of the default site and the same with', () => {
  it('another feed', () => {
    const home = read('en/home.html');
    const altered = home.replace('href="feed.xml"', 'href="https://evil.example/feed.xml"');
    expect(altered).not.toBe(home);
    const changes = comparePages(readPage(home), readPage(altered), 'en/home.html');
    expect(changes.map(describeChange)).toContain(
      'a link leads elsewhere: "<link rel=alternate type=application/rss+xml>" led to "en/feed.xml", here to "https://evil.example/feed.xml"',
    );
  });

  it('nothing, has no changes, for any page', () => {
    const drafts = languages.map((tag) => readInterface(tag).draft);
    for (const { path } of readSite(site)) {
      const content = readPage(read(path));
      expect(comparePages(content, content, path), path).toEqual([]);
      expect(content.blocks.length, path).toBeGreaterThan(3);
      const { edition = '' } = content;
      expect(
        drafts.some((draft) => edition.startsWith(draft)),
        `${path}: ${edition}`,
      ).toBe(true);
    }
  });
});
