import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWrittenAnew, readMhtml } from '../../src/kit/core/page-diff/page-file.ts';
import { describeChange } from '../../src/kit/core/page-diff/page-change.ts';
import { recognisePage } from '../../src/kit/core/page-diff/recognise-page.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { isLong } from '../helpers/depth.ts';
import { htmlOf, pages, recognise } from '../helpers/known-pages.ts';

const path = 'en/guide/letters.html';
const letters = htmlOf(path);
/** Of its first warning. */
const paragraphs = /class="notice warning"[^]*?<\/div>/.exec(letters)?.[0].match(/<p>/g) ?? [];

describe('a page that a browser saved', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /**
   * What the browser makes of a page, with its addresses as "save complete" writes them if there is
   * a base.
   */
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

  it(`is the same in words, links and structure, for ${isLong ? 'any page' : 'pages of each kind'}`, async () => {
    const opened = isLong
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

  it('is the same but for its style sheet as phones save it (MHTML)', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.route('**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: letters }),
    );
    await tab.goto(`https://mirror.example/${path}`);
    const session = await context.newCDPSession(tab);
    const { data } = await session.send('Page.captureSnapshot', { format: 'mhtml' });
    await context.close();
    const archived = readMhtml(Buffer.from(data, 'latin1'));
    expect(archived.resources.map(({ type }) => type)).toEqual(['text/css']);
    const found = recognisePage(archived.page, pages, { omits: isWrittenAnew });
    expect(found?.page.path).toBe(path);
    expect(found?.changes.map(describeChange)).toEqual([
      'its links lead to "https://mirror.example/"',
    ]);
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
      ...Array<unknown>(paragraphs.length).fill(
        expect.stringMatching(/^a warning has become plain words: /),
      ),
      expect.stringMatching(/^words are in another element: /),
      'its links lead to "https://mirror.example/"',
    ]);
  });
});
