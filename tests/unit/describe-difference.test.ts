import { describe, expect, it } from 'vitest';
import { describeDifference } from '../../scripts/build/describe-difference.ts';
import type { ReadableEdition } from '../../scripts/build/describe-pages.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import { page } from '../helpers/garden-editions.ts';

type Files = Record<string, string>;

const edition = (number: number, files: Files): ReadableEdition => ({
  name: { campaign: 'garden', number, signers: [] },
  list: Object.entries(files)
    .map(([path, text]) => ({ path, hash: hashBytes(text) }))
    .sort((a, b) => compareBytes(a.path, b.path)),
  read: async (path) => Buffer.from(files[path] ?? ''),
});
const known: Files = {
  'en/give.html': page('Give', 'For seeds: NL91 ABNA 0417 1643 00, 12 bags.'),
  'en/mint.html': page('Mint', 'Mint grows in the shade. <a href="give.html">Give</a>'),
  'hosting/headers.txt': '/*\n  X-Frame-Options: DENY\n',
  'pagefind/pagefind.js': 'search()',
  'search/en.pf_meta': 'index',
};
const tell = (changes: Record<string, string | null>): Promise<string[]> => {
  const files = Object.fromEntries(
    Object.entries({ ...known, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  return describeDifference(edition(1, known), edition(2, files));
};
const onTop = 'LOOK CLOSELY: accounts, contacts, scripts, links, figures, warnings';

describe('what a signer has to see stands on top', () => {
  it.each<[what: string, changes: Record<string, string | null>, line: RegExp]>([
    [
      'another account',
      {
        'en/give.html': known['en/give.html']!.replace(
          'NL91 ABNA 0417 1643 00',
          'GB82 WEST 1234 5698 7654 32',
        ),
      },
      /^ {2}en\/give\.html: .*account/,
    ],
    [
      'another figure',
      { 'en/give.html': known['en/give.html']!.replace('12', '13') },
      /^ {2}en\/give\.html: a number differs: known "12", here "13"/,
    ],
    [
      'another link',
      {
        'en/mint.html': known['en/mint.html']!.replace(
          '"give.html"',
          '"https://elsewhere.invalid/"',
        ),
      },
      /^ {2}en\/mint\.html: a link leads elsewhere.*elsewhere\.invalid/,
    ],
    [
      'a script',
      {
        'en/mint.html': known['en/mint.html']!.replace(
          '</body>',
          '<script>steal()</script></body>',
        ),
      },
      /^ {2}en\/mint\.html: a script was added/,
    ],
    [
      'an account on a new page',
      { 'en/sage.html': page('Sage', 'Pay GB82 WEST 1234 5698 7654 32.') },
      /^ {2}en\/sage\.html: .*account.*GB82/,
    ],
    [
      'a link to another host on a new page',
      { 'en/sage.html': page('Sage', '<a href="https://elsewhere.invalid/">Sage</a>') },
      /^ {2}en\/sage\.html: a link was added.*elsewhere\.invalid/,
    ],
    [
      'a script on a new page',
      { 'en/sage.html': page('Sage', '<script>steal()</script>') },
      /^ {2}en\/sage\.html: a script was added/,
    ],
    [
      'another program of the search',
      { 'pagefind/pagefind.js': 'search(); steal()' },
      /^ {2}pagefind\/pagefind\.js: another program$/,
    ],
    [
      'one more program',
      { 'pagefind/more.js': 'steal()' },
      /^ {2}pagefind\/more\.js: a new program$/,
    ],
    [
      'a setting for hosts',
      { 'hosting/headers.txt': '/*\n  X-Frame-Options: ALLOW\n' },
      /^ {4}\+ {3}X-Frame-Options: ALLOW$/,
    ],
    [
      'a row with a false hash in the list for people',
      {
        'files.html': page(
          'Files',
          `<ul><li>en/mint.html 120<br><code>${'a'.repeat(64)}</code></li></ul>`,
        ),
      },
      /^ {2}files\.html: it names "en\/mint\.html" with another hash than the list$/,
    ],
  ])('%s', async (_, changes, line) => {
    const [title, ...lines] = await tell(changes);
    expect(title).toBe(onTop);
    expect(lines.slice(0, lines.indexOf(''))).toContainEqual(expect.stringMatching(line));
  });

  it('a line that steers a terminal is shown and does not', async () => {
    expect((await tell({ 'hosting/headers.txt': '\u001B[2J\n' })).join('\n')).not.toContain(
      '\u001B',
    );
  });
});

describe('the rest', () => {
  it('a new page that leads nowhere is no more than its name', async () => {
    expect(
      await tell({
        'en/sage.html': page('Sage', 'Sage has 12 leaves. <a href="give.html">Give</a>'),
      }),
    ).toEqual(['pages added', '  en/sage.html', '']);
  });

  it('pages that go, words that change, and other files have their sections', async () => {
    const lines = await tell({
      'en/give.html': null,
      'en/mint.html': known['en/mint.html']!.replace('shade', 'sun'),
      'search/en.pf_meta': 'another index',
      'search/ru.pf_meta': 'index',
    });
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
      'pages removed',
      '',
      'texts changed',
      '',
      'other files added',
      '',
      'other files changed',
      '',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        '  en/give.html',
        '  search/ru.pf_meta',
        '  search/en.pf_meta',
        expect.stringMatching(/^ {2}en\/mint\.html: .*shade.*sun/),
      ]),
    );
  });

  it('what many pages have alike is told once', async () => {
    const changes = Object.fromEntries(
      ['en/give.html', 'en/mint.html'].map((path) => [
        path,
        known[path]!.replace('</main>', '</main><p>Read on.</p>'),
      ]),
    );
    expect((await tell(changes)).filter((line) => line.includes('Read on'))).toEqual([
      expect.stringMatching(/^ {2}en\/give\.html and 1 more: /),
    ]);
  });

  it('what every edition changes, its number in names of archives and rows of lists, is not told', async () => {
    const files = (number: number): Files => ({
      'files.html': page(
        'Files',
        `<a href="download/garden-${number}.zip">garden-${number}.zip</a>`,
      ),
    });
    expect(await describeDifference(edition(1, files(1)), edition(2, files(2)))).toEqual([]);
  });
});
