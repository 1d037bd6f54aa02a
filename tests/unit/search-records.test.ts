import { describe, expect, test } from 'vitest';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import { makeRecords } from '../../src/integrations/post-build/search/make-records.ts';
import { rulesOf } from '../helpers/word-rules.ts';

const facts = (...states: string[]): string =>
  `<div data-facts><p>${states.map((state) => `<span data-state="${state}">! ${state}</span>`).join(' ')} · 2025</p></div>`;

const readPage = (main: string, language = 'en', path = 'guide/mint.html') =>
  makeRecords(
    [parsePage(`${language}/${path}`, `<html lang="${language}"><main data-listed>${main}</main>`)],
    {
      rules: rulesOf(language),
      shared: { herbˑ: 'mint', herb: 'mint' },
      ofPages: new Map([['en/guide/mint.html', ['Mentha']]]),
    },
  );

describe('what is said before an excerpt', () => {
  test.each([
    ['of a page in good state is nothing', facts('live'), undefined],
    ['of a page without facts is nothing', '<p>Water at noon.</p>', undefined],
    ['of a dangerous page says so', facts('dangerous'), '! dangerous'],
    [
      'of a page that is up to date and banned says the second',
      facts('live', 'unverified'),
      '! unverified',
    ],
    [
      'is not the state of a card further down',
      `${facts('live')}<article data-shown="actions/x"><p><span data-state="archived">▪ archived</span></p></article>`,
      undefined,
    ],
    [
      'of a warning is its first sentence',
      `${facts('live')}<div data-notice="warning"><p>Not at <b>noon</b>. Wait.</p></div>`,
      'Not at noon.',
    ],
    [
      'is not a remark that warns of nothing',
      '<div data-notice="note"><p>Mint grows.</p></div>',
      undefined,
    ],
    [
      'has the badge before the warning',
      `<div data-notice="warning"><p>Not now.</p></div>${facts('archived')}`,
      '! archived · Not now.',
    ],
    [
      'is a sentence without end cut between words',
      `<div data-notice="warning"><p>${'never '.repeat(60)}</p></div>`,
      `${'never '.repeat(26).trim()} …`,
    ],
  ])('%s', (_name, html, expected) => {
    expect(readPage(`<h1>Mint</h1>${html}`)[0]?.shown.warning).toBe(expected);
  });

  test('of a part is its own warning, else that of its page', () => {
    const warn = (text: string) => `<p data-notice="warning">${text}</p>`;
    const records = readPage(
      `<h1>Mint</h1>${warn('Not now.')}<h2 id="a">A</h2><p>Water.</p>` +
        `<h2 id="b">B</h2>${warn('Never here.')}<p>Rakes.</p>`,
    );
    expect(records.map(({ shown }) => shown.warning)).toEqual([
      'Not now.',
      'Not now.',
      'Never here.',
    ]);
  });
});

describe('places that a search leads to', () => {
  test('are the parts of a page and the entries of a list, each at its own address', () => {
    const records = readPage(
      '<h1>Mint</h1><p>Lead.</p><h2 id="water">Water</h2><p>At dawn.</p>' +
        '<dl><dd id="frost" data-entry><b>Frost</b><p>Cold.</p></dd></dl>',
    );
    expect(records.map(({ url, shown: { title, page } }) => [url, title, page])).toEqual([
      ['en/guide/mint.html', 'Mint', undefined],
      ['en/guide/mint.html#water', 'Water', 'Mint'],
      ['en/guide/mint.html#frost', 'Frost', 'Mint'],
    ]);
    expect(records.map(({ fields }) => Object.keys(fields)[0])).toEqual(['main', 'title', 'entry']);
  });

  test('have no words of notices, of translations, or of their titles in an excerpt', () => {
    const [record] = readPage(
      '<h1>Mint</h1><p data-notice="note">Notice</p><p data-unlisted>Translated</p><p>Grow it.</p>',
    );
    expect(record?.words).toEqual(['Grow', 'it.']);
  });

  test('have one key for each word, and none where a word says nothing', () => {
    const [record] = readPage('<h1>Mint</h1><p>Prisoners’ letters – to us, herb-lovers.</p>');
    expect(record?.words).toEqual(['Prisoners’', 'letters', '–', 'to', 'us,', 'herb-lovers.']);
    expect(record?.keys).toEqual(['prisonerˑ', 'letterˑ', '-', '-', '-', 'mintˑ-loverˑ']);
  });

  test('keep spaces that may not break a line within one word', () => {
    const [record] = readPage('<h1>Mint</h1><p>« 24\u202F300 » à midi\u00A0!</p>', 'fr');
    expect(record?.words).toEqual(['«', '24\uE001300', '»', 'à', 'midi\uE000!']);
    expect(record?.keys).toEqual(['-', '24300ˑ', '-', '-', 'midiˑ']);
  });

  test('are found by further names of what their page is about', () => {
    expect(readPage('<h1>Mint</h1>')[0]?.fields.names).toEqual(['menthaˑ']);
  });

  test('are apart where a text has no end', () => {
    const [record] = readPage('<h1>Mint</h1><ul><li>Rakes</li><li>Hoes.</li></ul>');
    expect(record?.words.join(' ')).toBe('Rakes · Hoes.');
  });
});
