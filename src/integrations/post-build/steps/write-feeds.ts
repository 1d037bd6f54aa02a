import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getRssString } from '@astrojs/rss';
import { toUtc } from '../../../kit/core/text/dates.ts';
import { makeUrn } from '../../../lib/identifiers.ts';
import { homePage } from '../../../lib/paths.ts';
import { pickLanguage } from '../../../lib/words.ts';
import { attributeOf, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { serializeForFeed } from '../feed-html.ts';
import { markOf } from '../marks.ts';

const mostItems = 50;

export const feedPath = (language: string): string => `${language}/feed.xml`;

/**
 * Writes a feed a language, with the full text of each item, so that it is enough where the site is
 * blocked. Identifiers name no host, so every mirror's feed has the same ones. Only a campaign with
 * a canonical address has links in it: relative ones break in most readers.
 */
export async function writeFeeds(dist: Dist): Promise<void> {
  const { site, pages } = dist;
  for (const { tag } of site.languages) {
    const items = pages
      .flatMap((page) => readItem(page, tag))
      .sort((a, b) => (a.order < b.order ? 1 : -1))
      .slice(0, mostItems);
    const localize = (words: Record<string, string>) => pickLanguage(words, tag, site.main).text;
    const xml = await getRssString({
      title: localize(site.name),
      description: localize(site.description),
      site: site.canonical ?? 'https://feed.invalid/', // @astrojs/rss wants an address; the <link> below replaces it
      customData: `<link>${site.canonical === undefined ? makeUrn(`${site.id}/${tag}`) : `${site.canonical}${tag}/${homePage}`}</link><language>${tag}</language>`,
      items: items.map(({ page, title, description, published }) => ({
        title,
        description,
        pubDate: toUtc(published),
        content: serializeForFeed(page, site.canonical),
        ...(site.canonical !== undefined && { link: `${site.canonical}${page.path}` }),
        customData: `<guid isPermaLink="false">${makeUrn(`${site.id}/${page.path}`)}</guid>`,
      })),
    });
    writeFileSync(join(dist.folder, feedPath(tag)), `${xml}\n`);
  }
}

interface Item {
  page: BuiltPage;
  title: string;
  description: string;
  published: string;
  order: string;
}

/**
 * Pages that are items say so on <main>: `data-item="2026-11-21 2021-11-14"`, the day they were
 * written and the day they are of.
 */
function readItem(page: BuiltPage, tag: string): Item[] {
  const main = page.elements.find(({ tagName }) => tagName === 'main');
  const mark = main && markOf(main, 'data-item');
  if (page.language !== tag || !mark) return [];
  const heading = page.elements.find(({ tagName }) => tagName === 'h1');
  const title =
    heading?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '';
  const meta = page.elements.find(
    (element) => element.tagName === 'meta' && attributeOf(element, 'name') === 'description',
  );
  return [
    {
      page,
      title,
      description: (meta && attributeOf(meta, 'content')) ?? '',
      published: mark.slice(0, 10),
      order: `${mark} ${page.path}`,
    },
  ];
}
