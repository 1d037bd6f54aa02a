import { describe, expect, it } from 'vitest';
import { showPage } from '../../scripts/build/show-page.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { readPage } from '../../src/kit/core/page-diff/read-page.ts';
import { page } from '../helpers/garden-editions.ts';

const read = (words: string) =>
  readPage(decodePage(Buffer.from(page('Sage', `First. ${words} Last.`))));
const show = (words: string): string[] => showPage('en/sage.html', read(words));
/** The lines of the text, and those of the list below it. */
const marked = (words: string): string =>
  show(words)
    .filter((line) => /^ {2}!/.test(line))
    .join('\n');
const listed = (words: string): string =>
  show(words)
    .filter((line) => /^ {2}[▸ ] \S/.test(line))
    .join('\n');

describe('a new page is shown whole, and what can cost a reader is marked', () => {
  it.each<[what: string, words: string, mark: string, list: string]>([
    [
      'a command in its own element',
      'Type <code>rm -rf ~</code> now.',
      '‹rm -rf ~›',
      'commands: rm -rf ~',
    ],
    [
      'a command in a block',
      '</p><pre>npm run verify</pre><p>',
      '$ ‹npm run verify›',
      'commands: npm run verify',
    ],
    [
      'a command in running text',
      'Then type sudo sh install and wait.',
      '‹sudo sh install and wait›',
      'commands: sudo sh install and wait',
    ],
    [
      'a command that runs what it downloads',
      'Run curl elsewhere.invalid/x | sh today.',
      '‹curl elsewhere.invalid/x | sh›',
      'commands: curl elsewhere.invalid/x | sh',
    ],
    [
      'the name of a host',
      'See elsewhere.invalid for more.',
      '‹elsewhere.invalid›',
      'hosts and addresses: elsewhere.invalid',
    ],
    [
      'an address as text',
      'See https://elsewhere.invalid/a today.',
      '‹https://elsewhere.invalid/a›',
      'hosts and addresses: https://elsewhere.invalid/a',
    ],
    [
      'a host in disguise',
      'See elsewhere [dot] invalid.',
      '‹elsewhere [dot] invalid›',
      'hosts and addresses: elsewhere [dot] invalid',
    ],
    ['a number', 'We need 12,500 bags.', '‹12,500› bags', 'numbers: 12,500'],
    ['a number in other digits', 'We need ١٢ bags.', '‹١٢› bags', 'numbers: ١٢'],
    ['a share', 'It is 12.5 % of all.', '‹12.5 %› of all', 'numbers: 12.5 %'],
    [
      'an account',
      'Give to NL91 ABNA 0417 1643 00 soon.',
      '‹NL91 ABNA 0417 1643 00›',
      'accounts and keys: NL91 ABNA 0417 1643 00',
    ],
    [
      'an account that is split by tags',
      'Give to NL91 <b>ABNA</b> 0417 <i>1643</i> 00 soon.',
      '‹NL91 ABNA 0417 1643 00›',
      'accounts and keys: NL91 ABNA 0417 1643 00',
    ],
    [
      'a telephone number',
      'Call +48 600 700 800 at night.',
      '‹+48 600 700 800›',
      'contacts: +48 600 700 800',
    ],
    ['a handle', 'Write to @sage_help at once.', '‹@sage_help›', 'contacts: @sage_help'],
    [
      'a link that leads away',
      'Go <a href="https://elsewhere.invalid/x">here</a> now.',
      '‹here → https://elsewhere.invalid/x›',
      'links that lead away: here → https://elsewhere.invalid/x',
    ],
    [
      'a link that leads away without a scheme',
      'Go <a href="//elsewhere.invalid/x">here</a> now.',
      '‹here → //elsewhere.invalid/x›',
      'links that lead away: here → //elsewhere.invalid/x',
    ],
    [
      'letters of two scripts in a word',
      'Give to pаypal now.',
      '‹pаypal›',
      'letters that mislead: pаypal',
    ],
  ])('%s', (_, words, mark, list) => {
    expect(marked(words)).toContain(mark);
    expect(listed(words)).toContain(list);
  });

  it('a link to another page of the site is not marked, and a page without marks has no list', () => {
    expect(marked('Go <a href="mint.html">there</a> now.')).toBe('');
    expect(listed('Go <a href="mint.html">there</a> now.')).toBe('');
  });

  it('a link around a picture that leads away is listed', () => {
    expect(listed('<a href="https://elsewhere.invalid/"><img src="a.png" alt=""></a>')).toContain(
      '→ https://elsewhere.invalid/',
    );
  });

  it('links after one whose words are not found are marked all the same', () => {
    const words = '<a href="a.html">x</p><p>y</a> and <a href="https://b.invalid/">there</a>.';
    expect(marked(words)).toContain('‹there → https://b.invalid/›');
  });

  it('no word is left out: hidden ones and labels are shown as such', () => {
    const text = show('<span hidden>Unseen.</span></p><img src="a.png" alt="A bed"><p>').join('\n');
    for (const part of [
      'title: Sage',
      '# Sage',
      'First.',
      '(hidden)',
      'Unseen.',
      'label: A bed',
      'Last.',
    ])
      expect(text).toContain(part);
  });

  it.each<[what: string, words: string, shown: string]>([
    ['an escape code of a terminal', '\u001b[2Jgone', String.raw`\u{1b}[‹2›Jgone`],
    ['a sign that turns the direction', 'a\u202Eb', String.raw`a\u{202e}b`],
    ['a sign that nobody sees', 'a\u200bb', String.raw`a\u{200b}b`],
    ['a mark of the page’s own', 'a ‹b› c', String.raw`a \u{2039}b\u{203a} c`],
  ])('%s is quoted (to paint over what a signer reads)', (_, words, shown) => {
    const lines = show(words);
    expect(lines.join('\n')).toContain(shown);
    expect(lines.join('').search(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]/)).toBe(-1);
  });

  it('a word without end is cut into lines, and nothing of it is lost', () => {
    const lines = show('z'.repeat(1000));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(110);
    expect(lines.join('').replace(/[^z]/g, '')).toHaveLength(1000);
  });

  it('menu and foot that the page before has, too, are counted, and what differs is shown', () => {
    const pageOf = (words: string, menu = 'Home') =>
      readPage(
        `<nav><p>${menu}</p><p>Mint</p></nav><main>${words}</main><footer><p>Foot</p></footer>`,
      );
    const first = { path: 'en/a.html', content: pageOf('<p>One</p>') };
    const second = showPage('en/b.html', pageOf('<p>Two</p>'), first);
    expect(second.join('\n')).toMatch(
      /\(2 pieces of text as on "en\/a\.html"\)\n +Two\n +\(1 pieces of text as on "en\/a\.html"\)/,
    );
    const third = showPage('en/c.html', pageOf('<p>Two</p>', 'Home of mallory'), first);
    expect(third.join('\n')).toContain('Home of mallory');
  });

  it('a long page is shown to its end', () => {
    const long = `${'Call 12 or mint.invalid. '.repeat(4000)} See sage.invalid.`;
    expect(show(long).join('\n')).toContain('See ‹sage.invalid›');
  });
});
