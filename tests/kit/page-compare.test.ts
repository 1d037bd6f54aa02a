import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparePages } from '../../src/kit/core/page-diff/compare-pages.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { describeChange } from '../../src/kit/core/page-diff/page-change.ts';
import { changeKinds } from '../../src/kit/core/page-diff/page-change.ts';
import { PageError, pageLimits } from '../../src/kit/core/page-diff/page-file.ts';
import { readPage } from '../../src/kit/core/page-diff/read-page.ts';
import { isLong } from '../helpers/depth.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';

const path = 'en/guide/support.html';
/**
 * A real page as it was built in November 2026, kept so that an editor's change of a text breaks no
 * row below; with an account and a contact in it, which no page of ours has.
 */
const page = swap(
  decodePage(readFileSync('tests/fixtures/pages/guide.html')),
  'Two sentences are enough, for example:',
  'Account: BY13 NBRB 3600 9000 0000 2Z00 AB00, questions to help@garden.example.',
);

const compare = (seen: string, known = page) =>
  comparePages(readPage(known), readPage(seen), path).map(
    (change) => `${change.kind}: ${describeChange(change)}`,
  );

describe('comparePages, of a real page and the same with', () => {
  it.each<[what: string, from: string | RegExp, to: string, expected: string[]]>([
    [
      'another account',
      'BY13 NBRB 3600 9000 0000 2Z00 AB00',
      'DE89 3704 0044 0532 0130 00',
      [
        'account: the account is another one: known "BY13 NBRB 3600 9000 0000 2Z00 AB00", here "DE89 3704 0044 0532 0130 00"',
      ],
    ],
    [
      'a digit of the account changed, so that it is none',
      '0000 2Z00',
      '0001 2Z00',
      [
        'account: the account is another one: known "BY13 NBRB 3600 9000 0000 2Z00 AB00", here "BY13 NBRB 3600 9000 0001 2Z00 AB00"',
      ],
    ],
    [
      'the account taken out',
      'BY13 NBRB 3600 9000 0000 2Z00 AB00',
      '',
      ['account: the account is missing: "BY13 NBRB 3600 9000 0000 2Z00 AB00"'],
    ],
    [
      'an account in a letter of another script',
      'BY13',
      'В\u0423' + '13',
      [
        'account: the account is another one: known "BY13 NBRB 3600 9000 0000 2Z00 AB00", here "ВУ13 NBRB 3600 9000 0000 2Z00 AB00" (the first other letter is Cyrillic (U+0412), known Latin (U+0042))',
      ],
    ],
    [
      'an account in a paragraph of its own',
      '<h2 id="ask-politicians">',
      '<p>DE89 3704 0044 0532 0130 00</p>$&',
      ['account: an account was added: "DE89 3704 0044 0532 0130 00"'],
    ],
    [
      'a contact of the same look',
      'help@garden',
      'heIp@garden',
      [
        'contact: the e-mail address is another one: known "help@garden.example", here "heIp@garden.example"',
      ],
    ],
    [
      'a telephone number',
      'Ask for a commitment',
      'Call +375 29 123 45 67. $&',
      ['contact: a telephone number was put in: "+375 29 123 45 67" in "Write to the person '],
    ],
    [
      'a link that leads elsewhere',
      'href="staying-safe.html"',
      'href="https://evil.example/en/guide/staying-safe.html"',
      [
        'link: a link leads elsewhere: "staying safe" led to "en/guide/staying-safe.html", here to "https://evil.example/en/guide/staying-safe.html"',
      ],
    ],
    [
      'a link out of the folder of the copy',
      'href="../actions.html"',
      'href="/en/actions.html"',
      [
        'link: a link leads elsewhere: "What you can do" led to "en/actions.html", here to "/en/actions.html"',
      ],
    ],
    [
      'a link that climbs out',
      'href="../actions.html"',
      'href="../../../en/actions.html"',
      [
        'link: a link leads elsewhere: "What you can do" led to "en/actions.html", here to "/en/actions.html"',
      ],
    ],
    [
      'a link to another host without its scheme',
      'href="../actions.html"',
      'href=//evil.example/en/actions.html',
      [
        'link: a link leads elsewhere: "What you can do" led to "en/actions.html", here to "https://evil.example/en/actions.html"',
      ],
    ],
    [
      'a link to another place of the page',
      'href="#ask-politicians"',
      'href="#give-direct-support"',
      [
        'link: a link leads elsewhere: "Ask politicians" led to "en/guide/support.html#ask-politicians", here to "en/guide/support.html#give-direct-support"',
      ],
    ],
    [
      'two addresses where the first counts',
      'href="staying-safe.html"',
      'href=letters.html href="staying-safe.html"',
      [
        'link: a link leads elsewhere: "staying safe" led to "en/guide/staying-safe.html", here to "en/guide/letters.html"',
      ],
    ],
    [
      'a link more',
      '<p>Write to the person',
      '<p><a href="https://evil.example">Write</a> to the person',
      ['link: a link was added: "Write" leads to "https://evil.example/"'],
    ],
    [
      'a link less',
      '<a href="letters.html">letters and postcards</a>',
      'letters and postcards',
      ['link: a link is missing: "letters and postcards" led to "en/guide/letters.html"'],
    ],
    [
      'a link that is code',
      'href="letters.html"',
      'href="java\nscript:alert(1)"',
      [
        'script: code in an address was added: ',
        'link: a link leads elsewhere: "Letters and postcards" led to "en/guide/letters.html", here to "javascript:alert(1)"',
      ],
    ],
    [
      'a script',
      '</body>',
      '<script src=https://evil.example/x.js></script></body>',
      ['script: a script was added: "<script src=https://evil.example/x.js>"'],
    ],
    [
      'a script without end',
      '</body>',
      '<script>alert(1)',
      ['script: a script was added: "<script>alert(1)</html>'],
    ],
    [
      'code in an attribute',
      '<h1>',
      '<h1 OnClick=alert(1)>',
      ['script: code in an attribute was added: "<h1 onclick=alert(1)>"'],
    ],
    [
      'a form',
      '</main>',
      '<form action=//evil.example><input name=a></form></main>',
      [
        'script: a form was added: "<form action=//evil.example>"',
        'script: a form was added: "<input name=a>"',
      ],
    ],
    [
      'another base',
      '<meta charset',
      '<base href="https://evil.example/"><meta charset',
      ['script: another base of all links was added: '],
    ],
    [
      'an order to leave',
      '<meta charset',
      '<meta http-equiv=refresh content="0;url=//evil.example"><meta charset',
      [
        'script: an order to the browser was added: ',
        'structure: what the page says of itself to browsers was added: ',
      ],
    ],
    [
      'something that loads',
      '</main>',
      '<link rel=stylesheet href=//evil.example></main>',
      ['script: something that loads was added: '],
    ],
    [
      'code in a drawing',
      '<path ',
      '<animate attributeName=d onbegin=alert(1) /><path ',
      [
        'script: a change of the page by itself was added: ',
        'script: code in an attribute was added: ',
        'structure: a drawing is another one',
      ],
    ],
    [
      'no policy',
      /<meta http-equiv="Content-Security-Policy"[^>]*>/,
      '',
      ['script: the policy of the page is missing, which lets scripts run: '],
    ],
    [
      'a policy that allows more',
      "default-src 'none'",
      'default-src *',
      ["script: the policy of the page allows other things: known \"default-src 'none';"],
    ],
    [
      'a warning less',
      /<div class="notice warning" role="note"><p>No donation from.*?<\/div>/,
      '',
      [
        'warning: a warning is missing: "No donation from Belarus, and none with a Belarusian bank card. Such donations have led to…"',
      ],
    ],
    [
      'a warning as plain words',
      'class="notice warning"',
      'class="notice note"',
      [
        'warning: a warning has become plain words: "All that follows ',
        'structure: words are in another element: known "<div class=\'notice warning\' role=note>", here "<div class=\'notice note\' role=note>" in ',
      ],
    ],
    [
      'a weaker warning',
      'do none of it.',
      'do some of it.',
      [
        'warning: a warning reads differently: known "…us. If you are in Belarus, do none of it. What is dangerous there: staying safe.", here "…us. If you are in Belarus, do some of it.',
      ],
    ],
    [
      'a number in a warning changed',
      '3 December 2021: from',
      '3 December 2020: from',
      ['warning: a warning reads differently: '],
    ],
    [
      'a hidden warning',
      '<div class="notice warning"',
      '<div hidden class="notice warning"',
      [
        'warning: a warning is hidden: "All that follows ',
        'structure: something that no page of ours has was added: "<div hidden>"',
      ],
    ],
    [
      'a warning at the end',
      /(<div class="notice warning" role="note"><p>All that follows.*?<\/div>)([^]*?)(<\/main>)/,
      '$2$1$3',
      ['warning: a warning is in another place: "All that follows '],
    ],
    [
      'a ban less',
      '<span class="state dangerous">! Banned in Belarus</span>',
      '',
      ['warning: a sign of danger is missing: "! Banned in Belarus" in "✓ Up to date · free"'],
    ],
    [
      'a ban that looks harmless',
      'class="state dangerous"',
      'class="state live"',
      ['warning: a sign of danger has become plain words: "! Banned in Belarus" in '],
    ],
    [
      'another number',
      'gives about 1,110',
      'gives about 1,210',
      [
        'figure: a number differs: known "1,110", here "1,210" in "…source not noted, gives about 1,110 for ',
      ],
    ],
    [
      'another number in a table',
      '<td>1,374</td>',
      '<td>374</td>',
      ['figure: a number differs: known "1,374", here "374"'],
    ],
    [
      'two rows of a table exchanged',
      /<td>1,374<\/td>([^]*?)<td>1,200<\/td>/,
      '<td>1,200</td>$1<td>1,374</td>',
      [
        'figure: a number differs: known "1,374", here "1,200"',
        'figure: a number differs: known "1,200", here "1,374"',
      ],
    ],
    ['another chart', 'cy="106.7"', 'cy="16.7"', ['structure: a drawing is another one']],
    [
      'a style that hides',
      '</style>',
      '.warning{display:none}</style>',
      ['structure: a style sheet, which can hide words, is another one: known "…', ''],
    ],
    [
      'a class around all',
      '<main id="_main">',
      '<main id="_main"><div class="skip">',
      ['structure: words are in one more element: "<div class=skip>" in '],
    ],
    [
      'a policy below the head',
      /(<meta http-equiv[^>]*>)([^]*?<body>)/,
      '$2$1',
      [
        'script: the policy of the page is missing, which lets scripts run: ',
        'structure: something that no page of ours has was added: "default-src',
      ],
    ],
    [
      'a policy that NUL puts below the head',
      '<head>',
      '<head>\0',
      [
        'script: the policy of the page is missing, which lets scripts run: ',
        'structure: something that no page of ours has was added: "\\u{0}"',
        'structure: something that no page of ours has was added: "default-src',
      ],
    ],
    [
      'a policy that an end puts below the head',
      '<head>',
      '<head></body>',
      [
        'script: the policy of the page is missing, which lets scripts run: ',
        'structure: something that no page of ours has was added: "default-src',
      ],
    ],
    [
      'words that are struck out',
      'Ask for a commitment',
      '<s>Ask</s> for a commitment',
      ['structure: the same words are marked differently: known "…'],
    ],
    [
      'another language',
      '<html lang="en">',
      '<html lang="fr">',
      [
        'structure: what the page says of itself to browsers is another one: known "<html lang=en>", here "<html lang=fr>"',
      ],
    ],
    [
      'another encoding',
      'charset="utf-8"',
      'charset="iso-2022-jp"',
      [
        'structure: what the page says of itself to browsers is another one: known "charset=utf-8", here "charset=iso-2022-jp"',
      ],
    ],
    [
      'a reference that nobody knows',
      'Ask politicians</h2>',
      'Ask politicians&ZeroWidthJoin;</h2>',
      [
        'text: a heading reads differently: known "Ask politicians", here "Ask politicians&ZeroWidthJoin;"',
      ],
    ],
    [
      'a reference to a character that is not seen',
      'Ask politicians</h2>',
      'Ask politicians&ZeroWidthSpace;</h2>',
      [
        'text: a heading reads differently: known "Ask politicians", here "Ask politicians\\u{200b}" (an invisible character: ',
      ],
    ],
    [
      'other words',
      'Write to the person who represents',
      'Do not write to the person who represents',
      ['text: a paragraph reads differently: known "Write to the person'],
    ],
    [
      'a look-alike letter',
      'Libereco organises',
      'Liberec\u043E organises',
      [
        'text: a paragraph reads differently: known "Libereco organises these sponsorships under the name #WeStandBYyou (with a double y). An u…", here "Liberec\u043E organises these sponsorships under the name #WeStandBYyou (with a double y). An u…" (a word of letters of two scripts: Liberec\u043E has Latin and Cyrillic; the first other letter is Cyrillic (U+043E), known Latin (U+006F))',
      ],
    ],
    [
      'an invisible sign',
      'Libereco organises',
      'Liber\u200Beco organises',
      [
        'text: a paragraph reads differently: known "Libereco organises these sponsorships under the name #WeStandBYyou (with a double y). An u…", here "Liber\\u{200b}eco organises',
      ],
    ],
    [
      'another title',
      '<title>Support',
      '<title>Help',
      [
        'text: the title reads differently: known "Support for political prisoners – Solidarity with Belarus", here "Help for ',
      ],
    ],
    [
      'a paragraph less',
      /<p>They are women.*?<\/p>/,
      '',
      ['text: a paragraph is missing: "They are women'],
    ],
    ['the rest cut off', /<h2 id="give-direct-support">[^]*/, '', []],
  ])('%s', (what, from, to, expected) => {
    const changes = compare(swap(page, from, to));
    if (what === 'the rest cut off') {
      expect(
        changes.filter((change) => change.startsWith('warning: a warning is missing')).length,
      ).toBe(3);
      expect(
        changes.filter((change) => change.startsWith('link: a link is missing')).length,
      ).toBeGreaterThan(5);
      return;
    }
    expect(changes.map((change, at) => change.slice(0, expected[at]?.length))).toEqual(
      expected.slice(0, changes.length),
    );
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.length).toBeGreaterThanOrEqual(expected.filter((line) => line !== '').length);
  });

  it.each<[src: string, expected: string[]]>([
    ['../_astro/field.aaaa.jpg', []],
    ['Letters_files/field.aaaa.jpg', []],
    [
      '../_astro/field.bbbb.jpg',
      ['structure: an image is another one: known "field.aaaa.jpg", here "field.bbbb.jpg"'],
    ],
    [
      'https://evil.example/field.aaaa.jpg',
      [
        'structure: an image is another one: known "field.aaaa.jpg", here "https://evil.example/field.aaaa.jpg"',
      ],
    ],
    [
      '/\t\\evil.example/field.aaaa.jpg',
      [
        'structure: an image is another one: known "field.aaaa.jpg", here "/\\u{9}\\\\evil.example/field.aaaa.jpg"',
      ],
    ],
    [
      'ht\ntp:evil.example/field.aaaa.jpg',
      [
        'structure: an image is another one: known "field.aaaa.jpg", here "ht\\u{a}tp:evil.example/field.aaaa.jpg"',
      ],
    ],
  ])('the image %j', (src, expected) => {
    const withImage = (address: string) =>
      swap(page, '</main>', `<img alt="A field" src="${address}"></main>`);
    expect(compare(withImage(src), withImage('../_astro/field.aaaa.jpg'))).toEqual(expected);
  });

  it('each of its words swapped for another one, has a change', () => {
    const words = readPage(page).blocks.map(({ text }) => text);
    for (const text of words.filter((text) => /^[\w ,.]{20,}$/.test(text))) {
      const known = readPage(page);
      const seen = {
        ...known,
        blocks: known.blocks.map((block) =>
          block.text === text ? { ...block, text: `${text} not` } : block,
        ),
      };
      expect(comparePages(known, seen, path).length, text).toBeGreaterThan(0);
    }
  });

  it('many things at once, has what matters most first', () => {
    const seen = [
      ['1,110', '1,210'],
      ['BY13', 'BY99'],
      ['help@', 'heIp@'],
      ['<h1>', '<h1 onclick=x>'],
      ['"staying-safe.html"', '"x.html"'],
      ['do none', 'do some'],
    ].reduce((text, [from = '', to = '']) => swap(text, from, to), page);
    const kinds = comparePages(readPage(page), readPage(seen), path).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(
      new Set(['account', 'contact', 'script', 'link', 'warning', 'figure']),
    );
    expect(kinds).toEqual(
      kinds.toSorted((a, b) => changeKinds.indexOf(a) - changeKinds.indexOf(b)),
    );
  });
});

/** The largest page that is read; `npm test` measures an eighth of it, the lab the whole. */
const largest = isLong ? 1 : 1 / 8;
const full = pageLimits.maxBytes - 100;

describe('a hostile page', () => {
  /** Repeats a text up to a share of the largest page. */
  const fill = (share: number, unit: string, text = ''): string =>
    text + unit.repeat(Math.floor((full * share - text.length) / Buffer.byteLength(unit)));
  const many = (share: number, count: number, unit: (at: number) => string): string =>
    Array.from({ length: Math.floor(count * share) }, (_, at) => unit(at)).join('');
  it.each<[what: string, make: (share: number) => string]>([
    ['of characters that begin tags', (share) => fill(share, '<')],
    ['of ends that end nothing', (share) => fill(share, '</')],
    ['of tags that do not end', (share) => fill(share, '<a ')],
    ['of comments that do not end', (share) => fill(share, '<!--')],
    ['of values that do not end', (share) => fill(share, '<a b="')],
    ['of references', (share) => fill(share, '&amp')],
    ['of unknown references', (share) => fill(share, '&x;')],
    ['of NULs', (share) => fill(share, '\0')],
    ['of one word', (share) => fill(share, 'a')],
    ['of short words', (share) => fill(share, 'a ')],
    ['of numbers', (share) => fill(share, '+1 ')],
    ['of one attribute', (share) => `<p ${fill(share, 'x')}>`],
    ['of one value', (share) => `<p title="${fill(share, 'x')}">`],
    ['of many attributes', (share) => `<p${many(share, 140_000, (at) => ` a${at}`)}>`],
    ['of depth', (share) => many(share, 70_000, () => '<div class=a>')],
    [
      'of depth and ends of others',
      (share) => `<b>${many(share, 70_000, () => '<div>')}${many(share, 70_000, () => '</b>')}`,
    ],
    ['of depth and words', (share) => many(share, 70_000, () => '<div class=a>x')],
    ['of paragraphs', (share) => many(share, 140_000, () => '<p>x')],
    ['of other paragraphs', (share) => many(share, 140_000, (at) => `<p>${at}`)],
    ['of the same paragraph as ours', (share) => many(share, 70_000, () => '<li>free</li>')],
    ['of links', (share) => many(share, 45_000, (at) => `<a href=${at}>${at}</a>`)],
    [
      'of links like ours',
      (share) => many(share, 45_000, () => '<a href=https://x.example/en/home.html>Home</a>'),
    ],
    ['of scripts', (share) => many(share, 70_000, () => '<script>x</script>')],
    ['of one script', (share) => fill(share, '<!--<script>', '<script>')],
    ['of drawings', (share) => many(share, 45_000, () => '<svg><path d=x>')],
    ['of drawings, one in another', (share) => many(share, 140_000, () => '<svg>')],
    [
      'of lists of the same',
      (share) => page + many(share, 20_000, () => '<table><tr><td>1,110</td></tr></table>'),
    ],
    ['that repeats ours', (share) => page.repeat(60).slice(0, full * share)],
    ['of two scripts', (share) => fill(share, 'aа')],
    ['of letters without a base', (share) => fill(share, '\u0301')],
    ['of no UTF-8', (share) => decodePage(Buffer.alloc(full * share, 0xff))],
    [
      'of letters before an @',
      (share) => page.replaceAll('</p>', `${'a'.repeat(30_000 * share)}</p>`),
    ],
  ])('%s costs no more than its size, and is described or refused', (_, make) => {
    const known = readPage(page);
    const compare = (html: string): void => {
      try {
        const changes = comparePages(known, readPage(html), path);
        expect(changes.length).toBeGreaterThan(0);
        expect(changes.length).toBeLessThanOrEqual(501);
        for (const change of changes) expect(describeChange(change).length).toBeLessThan(1500);
      } catch (error) {
        expect(error).toBeInstanceOf(PageError);
      }
    };
    const [small, large] = [make(largest / 4), make(largest)];
    expect(
      measureGrowth(
        () => compare(small),
        () => compare(large),
        4,
      ),
    ).toBeLessThan(linearGrowth);
  });

  it(
    'is told in sentences that steer no terminal and end soon',
    () => {
      fuzz(
        'comparePages',
        [Buffer.from(page), Buffer.from(page.replaceAll('<p', '<div hidden><p'))],
        (bytes) => {
          for (const change of comparePages(readPage(page), readPage(decodePage(bytes)), path).map(
            describeChange,
          )) {
            expect(change).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
            expect(change.length).toBeLessThan(1500);
          }
        },
        [PageError],
        fuzzSettings(150),
      );
    },
    fuzzTimeout,
  );
});

/** The text with a change that must find its place. */
function swap(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to change: ${String(from)}`);
  return changed;
}
