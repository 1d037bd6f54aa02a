import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { findFirstDifference } from '../../scripts/lab/rebuild/compare-folders.ts';
import { readFiles } from '../../scripts/lab/site.ts';
import { checkChain } from '../../src/kit/core/chain/check-chain.ts';
import { parseChain } from '../../src/kit/core/chain/chain.ts';
import { parseDraft, parseEdition } from '../../src/kit/core/edition/edition.ts';
import { hashBytes, nodePlatform } from '../../src/kit/node/platform.ts';
import { buildEdition, editionChanges, keyIds, publicLines } from '../helpers/editions.ts';
import { buildInto, changeGarden, makeFolder } from '../helpers/build.ts';
import { attribute, follow, readSite, text, withPlainSpaces } from '../helpers/site.ts';

/** The month with the longest name in English and French, and a day of two digits. */
const longest = { date: '2026-09-28', lookForNewerAfter: '2027-09-28' };
/** The line of a page about its edition, without the link to how a copy is checked. */
const lineOf = (page: ReturnType<typeof readSite>[number]) => {
  const line = page.elements.find((element) => attribute(element, 'class') === 'edition');
  const link = line?.childNodes.find((node) => 'tagName' in node && node.tagName === 'a');
  const words = line ? text(line).trim() : '';
  return link && 'attrs' in link ? words.slice(0, -text(link).length).trim() : words;
};
const find = (folder: string, path: string) => readSite(folder).find((page) => page.path === path)!;

describe('a draft', () => {
  const site = readSite(inject('gardenSite'));

  test('says on every page of which edition it is one, and that nothing proves it', () => {
    for (const page of site)
      expect(lineOf(page), page.path).toBe(
        'Draft of edition 1, unsigned: nothing proves that this copy is genuine.',
      );
    expect(parseDraft(readFileSync(join(inject('gardenSite'), 'EDITION.txt')))).toEqual({
      campaign: 'garden',
      of: 1,
    });
  });

  test('says where there is no key that nobody can prove anything', () => {
    expect(find(inject('gardenSite'), 'en/mirrors.html').html).toContain(
      'This campaign has no key yet.',
    );
  });
});

describe('the build of an edition', () => {
  let [campaign, folder, draft, other] = ['', '', '', ''];
  beforeAll(async () => {
    campaign = changeGarden(await editionChanges(3, longest));
    [folder, draft, other] = ['edition-', 'draft-', 'other-'].map((name) =>
      join(makeFolder(name), 'site'),
    ) as [string, string, string];
    const { 'editions/4/EDITION.txt': _, ...published } = await editionChanges(4);
    await buildInto(folder, { CONTENT_DIR: campaign });
    await buildInto(other, { CONTENT_DIR: campaign });
    await buildInto(draft, { CONTENT_DIR: changeGarden(published) });
  });

  test('says number, date and how long nobody need worry on every page, in its language', () => {
    const expected = (path: string) =>
      path.startsWith('ar/')
        ? 'Edition 3, 28 سبتمبر 2026.'
        : 'Edition 3, 28 September 2026. No need to look for a newer one until 28 September 2027.';
    for (const page of readSite(folder))
      expect(withPlainSpaces(lineOf(page)), page.path).toContain(expected(page.path));
  });

  test('leads from the line of every page to how a copy is checked, but from the page that may be served anywhere', () => {
    for (const { path, elements } of readSite(folder)) {
      const line = elements.find((element) => attribute(element, 'class') === 'edition')!;
      const link = line.childNodes.find((node) => 'tagName' in node && node.tagName === 'a');
      const target =
        link && 'attrs' in link ? follow(path, attribute(link, 'href') ?? '') : undefined;
      const language = /^[^/]+\.html$|^files\//.test(path) ? 'en' : path.split('/')[0];
      expect(target, path).toBe(path === '404.html' ? undefined : `${language}/mirrors.html`);
    }
  });

  test('carries EDITION.txt byte for byte', () => {
    expect(readFileSync(join(folder, 'EDITION.txt'))).toEqual(
      readFileSync(join(campaign, 'editions/3/EDITION.txt')),
    );
  });

  test('carries what proves the editions before it, where a draft has nothing', async () => {
    const read = (name: string) => readFileSync(join(folder, name));
    const chain = parseChain(read('CHAIN.txt'));
    const { lists, stages } = await checkChain(
      chain,
      parseEdition(read('EDITION.txt')),
      undefined,
      nodePlatform,
    );
    const listOf = (number: number) =>
      hashBytes(readFileSync(join(campaign, `editions/${number}/SHA256SUMS`)));
    expect(lists).toEqual([listOf(1), listOf(2)]);
    expect(stages.map(({ from, to }) => [from, to])).toEqual([[1, 3]]);
    expect(find(folder, 'files.html').html).toContain('href="CHAIN.txt"');
    expect(existsSync(join(draft, 'CHAIN.txt'))).toBe(false);
  });

  test('keeps the page of a filter that an edition before it had, in every language', () => {
    const paths = readSite(folder).map(({ path }) => path);
    for (const tag of ['en', 'ar']) expect(paths).toContain(`${tag}/actions/care.html`);
    expect(paths.filter((path) => /\/actions\//.test(path)).length).toBe(2);
    const { html } = find(folder, 'en/actions.html');
    expect(html).toContain('href="actions/care.html"');
    expect(html).toContain('<h2 id="care">');
  });

  test('gives the same bytes again', () => {
    expect(
      findFirstDifference(readFiles(folder), readFiles(other), ['once', 'again']),
    ).toBeUndefined();
  });

  test('shows the keys in full with their ids, how many must sign, and the editions before it', () => {
    const { html } = find(folder, 'en/mirrors.html');
    for (const [index, line] of publicLines.entries())
      expect(html).toContain(
        `<code>${line}</code><br>Id of the key: <code>${keyIds[index]}</code>`,
      );
    expect(html).toContain('Keys: 2. Signatures that a genuine edition needs: 2.');
    expect(withPlainSpaces(html)).toMatch(
      /Edition 2, 5 April 2025 · signed · nobody has built it again yet.*Edition 1, 5 March 2025 · signed/s,
    );
    expect(withPlainSpaces(html)).not.toContain('Edition 3, 28 September 2026 ·');
  });

  test('warns before it offers a download', () => {
    const { html } = find(folder, 'en/mirrors.html');
    expect(html.indexOf('download nothing')).toBeGreaterThan(0);
    expect(html.indexOf('download nothing')).toBeLessThan(
      html.indexOf('href="../download/garden-3.zip"'),
    );
    for (const name of ['../download/garden-3.car', '../SHA256SUMS', '../files.html'])
      expect(html).toContain(`href="${name}"`);
  });

  test('names its signatures before they are made', () => {
    const { html } = find(folder, 'files.html');
    for (const name of keyIds.map((id) => `SHA256SUMS.${id}.minisig`))
      expect(html).toContain(`<a href="${name}">${name}</a>`);
    expect(html).not.toContain('download/SHA256SUMS');
  });

  test('is one of the newest edition only', async () => {
    for (const number of [2, 4, 'three'])
      await expect(
        buildEdition(join(makeFolder('wrong-'), 'site'), campaign, number),
      ).rejects.toThrow(/EDITION_NUMBER[^]*expected {2}3, the newest edition/);
  });

  test('of what comes after it is a draft of the next one, and tells of all three', () => {
    expect(lineOf(find(draft, 'en/home.html'))).toBe(
      'Draft of edition 4, unsigned: nothing proves that this copy is genuine.',
    );
    expect(parseDraft(readFileSync(join(draft, 'EDITION.txt')))).toEqual({
      campaign: 'garden',
      of: 4,
    });
    const { html } = find(draft, 'en/mirrors.html');
    expect(html).toContain(publicLines[0]);
    expect(withPlainSpaces(html)).toContain('Edition 3, 5 May 2025 · signed');
    expect(html).toContain('href="../download/garden-draft-4.zip"');
    expect(find(draft, 'files.html').html).not.toContain('.minisig<');
  });
});

describe('a notice', () => {
  test('stands at the top of every page, in its language or marked as another', async () => {
    const campaign = changeGarden({
      'site.yaml': (yaml) => `${yaml}notice: { en: The garden is closed. Trust no later page. }\n`,
      'guides/en/about.mdx': (words) => `${words}\n<Notice kind="note">\n\nWords.\n\n</Notice>\n`,
    });
    const folder = join(makeFolder('notice-'), 'site');
    await buildInto(folder, { CONTENT_DIR: campaign });
    for (const { path, html } of readSite(folder)) {
      const lang = path.startsWith('ar/') ? ' lang="en" dir="ltr"' : '';
      expect(html, path).toContain(
        `<main id="_main"><aside class="notice warning" id="_notice"><p${lang}>The garden is closed. Trust no later page.</p></aside>`,
      );
    }
    const { elements } = find(folder, 'en/search.html');
    expect(elements.filter((element) => attribute(element, 'class') === 'pages').length).toBe(1);
  });

  test('in two languages stands in both where a page has both', async () => {
    const campaign = changeGarden({
      'site.yaml': (yaml) => `${yaml}notice: { en: Closed., ar: مغلق. }\n`,
    });
    const folder = join(makeFolder('notices-'), 'site');
    await buildInto(folder, { CONTENT_DIR: campaign });
    expect(find(folder, '404.html').html).toContain(
      '<p>Closed.</p><p lang="ar" dir="rtl">مغلق.</p>',
    );
    expect(find(folder, 'ar/home.html').html).toContain(
      '<aside class="notice warning" id="_notice"><p>مغلق.</p></aside>',
    );
  });

  test('of an edition stands on its pages where site.yaml has none', async () => {
    const campaign = changeGarden(await editionChanges(1, { notice: 'The second key is lost.' }));
    const folder = join(makeFolder('stop-'), 'site');
    await buildEdition(folder, campaign, 1);
    expect(find(folder, 'ar/home.html').html).toContain(
      '<p lang="en" dir="ltr">The second key is lost.</p>',
    );
    expect(find(folder, 'index.html').html).toContain('<p>The second key is lost.</p></aside>');
  });
});
