import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeChange } from '../../src/kit/page-diff/describe-change.ts';
import { PageError, pageLimits } from '../../src/kit/page-diff/page-error.ts';
import { recognisePage, type KnownPage } from '../../src/kit/page-diff/recognise-page.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { isLab } from '../helpers/depth.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { readSite } from '../helpers/site.ts';

const readAll = (site: string): KnownPage[] =>
  readSite(site).map(({ path }) => ({ path, html: readFileSync(join(site, path), 'utf8') }));
const pages = readAll(inject('defaultSite'));
const htmlOf = (path: string, among = pages): string => {
  const page = among.find((other) => other.path === path);
  if (!page) throw new Error(`no page ${path}`);
  return page.html;
};
const path = 'en/guide/letters.html';
const letters = htmlOf(path);

const recognise = (html: string | Buffer, known: Iterable<KnownPage> = pages) => {
  const found = recognisePage(Buffer.from(html), known);
  return found && { path: found.page.path, changes: found.changes.map(describeChange) };
};

describe('recognisePage', () => {
  it('refuses a page that is too large', () => {
    expect(() => recognise(Buffer.alloc(pageLimits.maxBytes + 1, 'a'))).toThrow(PageError);
  });

  it('passes over known pages that are too large', () => {
    expect(
      recognise(letters, [
        { path: 'all.html', html: '<a>'.repeat(pageLimits.maxMarks + 1) },
        ...pages,
      ])?.path,
    ).toBe(path);
  });

  it.each<[what: string, html: string, known?: KnownPage[]]>([
    ['nothing', ''],
    ['a page of others', '<title>Tea</title><p>How to make tea: boil water, wait, pour.</p>'],
    ['words that are no page', 'x'.repeat(100_000)],
    [
      'our frame around other words',
      letters.replace(
        /<main[^]*<\/main>/,
        `<main><h1>Tea</h1>${Array.from({ length: 40 }, (_, at) => `<p>Cup ${at} holds tea and number ${at * 7} of milk.</p>`).join('')}</main>`,
      ),
    ],
    ['a page of another campaign', htmlOf('en/guide/watering.html', readAll(inject('gardenSite')))],
    ['any page where none is known', letters, []],
  ])('does not know %s', (_, html, known) => {
    expect(recognise(html, known ?? pages)).toBeUndefined();
  });

  it('knows the pages of a site again, without a change', () => {
    const others = pages.filter(({ path: each }) => !/^[a-z]{2}\/index\.html$/.test(each));
    for (const page of others.filter((_, index) => index % (isLab ? 5 : 40) === 0)) {
      // each is compared with all
      expect(recognise(page.html), page.path).toEqual({ path: page.path, changes: [] });
    }
  });

  it.each<[what: string, change: (html: string) => string, expected: string[]]>([
    ['line ends of Windows', (html) => html.replaceAll('\n', '\r\n'), []],
    [
      'a mark of where it was saved',
      (html) =>
        html.replace(
          '<html',
          '\r\n<!-- saved from url=(0029)https://mirror.example/x.html -->\r\n<html',
        ),
      [],
    ],
    [
      'its encoding said as browsers say it',
      (html) =>
        html.replace(
          '<meta charset="utf-8">',
          '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">',
        ),
      [],
    ],
    ['UTF-16', (html) => html, []],
    [
      'tags in capitals, without quotes',
      (html) =>
        html
          .replace(
            /<(\/?)([a-z0-9]+)/g,
            (_, end: string, name: string) => `<${end}${name.toUpperCase()}`,
          )
          .replace(/ class="([a-z]+)"/g, ' CLASS=$1'),
      [],
    ],
    ['non-breaking spaces', (html) => html.replaceAll('<p>You ', '<p>You&nbsp;'), []],
    [
      'another title',
      (html) => html.replace(/<title>[^<]*/, '<title>Tea'),
      [
        'the title reads differently: known "Letters and postcards – Solidarity with Belarus", here "Tea"',
      ],
    ],
    ['half of it', (html) => html.slice(0, html.length * 0.6), []],
  ])('knows a page again with %s', (what, change, expected) => {
    const html = change(letters);
    const found = recognise(what === 'UTF-16' ? Buffer.from(html, 'utf16le') : html);
    expect(found?.path).toBe(path);
    if (what !== 'half of it') expect(found?.changes).toEqual(expected);
    else expect(found?.changes.some((line) => line.startsWith('a link is missing'))).toBe(true);
  });

  it('tells editions of one page apart', () => {
    const editions = [1, 2, 3, 4, 5].map((number) => ({
      path,
      html: letters.replace('<p class="edition">', `<p class="edition">Edition ${number}. `),
      number,
    }));
    for (const edition of editions)
      expect(recognisePage(Buffer.from(edition.html), editions)).toMatchObject({
        page: { number: edition.number },
        changes: [],
      });
    const altered = letters
      .replace('<p class="edition">', '<p class="edition">Edition 4. ')
      .replace('</h1>', '</h1><p>DE89 3704 0044 0532 0130 00</p>');
    expect(recognisePage(Buffer.from(altered), editions)).toMatchObject({
      page: { number: 4 },
      changes: [{ kind: 'account' }],
    });
  });

  it(
    'ends for damaged pages, of which many are still known',
    () => {
      const few = pages.filter((page) => page.path.startsWith('en/guide'));
      let known = 0;
      fuzz(
        'recognisePage',
        [Buffer.from(letters), Buffer.from(htmlOf('en/home.html'))],
        (bytes) => {
          if (recognisePage(bytes, few)) known++;
        },
        [PageError],
        fuzzSettings(60),
      );
      expect(known).toBeGreaterThan(5);
    },
    fuzzTimeout,
  );
});

describe('a page that a browser saved', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** What the browser makes of a page, with its addresses as "save complete" writes them if there is a base. */
  async function save(html: string, base?: string): Promise<string> {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const address = 'https://mirror.example/page';
    await page.route('**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
    );
    await page.goto(base ?? address);
    if (base !== undefined) {
      await page.evaluate(() => {
        for (const element of document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>(
          'a[href], link[href]',
        ))
          element.setAttribute('href', element.href);
      });
    }
    const saved = await page.content();
    await context.close();
    return saved;
  }

  it(`is the same in words, links and structure, for ${isLab ? 'any page' : 'pages of each kind'}`, async () => {
    const opened = isLab
      ? /^(?:index|404|en\/(?!index))/
      : /^(?:index|404|en\/(?:home|day|guide\/letters|initiative\/viasna))\.html/;
    for (const page of pages.filter(({ path: each }) => opened.test(each))) {
      const found = recognise(
        await save(page.html),
        pages.filter(({ path: each }) => each === page.path || /^en\/guide/.test(each)),
      );
      expect(found, page.path).toEqual({ path: page.path, changes: [] });
    }
  });

  it('says where its links lead, and is else the same', async () => {
    for (const each of [
      'index.html',
      path,
      'en/home.html',
      'en/initiative/viasna.html',
      'fr/guide/support.html',
    ]) {
      for (const base of ['https://mirror.example/', 'http://mirror.example:8080/a/b/']) {
        expect(recognise(await save(htmlOf(each), base + each)), each).toEqual({
          path: each,
          changes: [`its links lead to "${base}"`],
        });
      }
    }
    expect(
      recognise(await save(letters, 'https://mirror.example/en/guide/letters'))?.changes,
    ).toEqual(['its links lead to "https://mirror.example/"']);
  });

  it('shows the one link that leads to another host', async () => {
    const saved = (await save(letters, `https://mirror.example/${path}`)).replace(
      '"https://mirror.example/en/guide/staying-safe.html"',
      '"https://rnirror.example/en/guide/staying-safe.html"',
    );
    expect(recognise(saved)?.changes).toEqual([
      expect.stringMatching(
        /^a link leads elsewhere: ".*" led to "en\/guide\/staying-safe\.html", here to "https:\/\/rnirror\.example\/en\/guide\/staying-safe\.html"$/,
      ),
      'its links lead to "https://mirror.example/"',
    ]);
  });

  it('shows all that was altered before it was saved', async () => {
    const saved = await save(
      letters
        .replace('</h1>', '</h1><p>DE89 3704 0044 0532 0130 00</p>')
        .replace('class="notice warning"', 'class="notice"'),
      `https://mirror.example/${path}`,
    );
    expect(recognise(saved)?.changes).toEqual([
      'an account was added: "DE89 3704 0044 0532 0130 00"',
      expect.stringMatching(/^a warning has become plain words: /),
      expect.stringMatching(/^words stand in another element: /),
      'its links lead to "https://mirror.example/"',
    ]);
  });
});
