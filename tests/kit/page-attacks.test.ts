import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeChange } from '../../src/kit/core/page-diff/page-change.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { recognisePage } from '../../src/kit/core/page-diff/recognise-page.ts';

const path = 'en/guide/support.html';
const ours =
  '<p id="one">Alpha gives seeds <a href="alpha.html">here</a>.</p>' +
  '<p id="two">Beta gives seeds <a href="beta.html">here</a>.</p>' +
  '<pre><code>first line\nsecond line</code></pre>' +
  '<p id="three"><img alt="A field" src="../_astro/field.aaaa.jpg"> Gamma has a field.</p>' +
  '<ol start="3"><li>Dig</li><li>Water</li></ol>' +
  '<p id="four">Delta <bdi dir="rtl">123 456</bdi> waits.</p>';
/** A real page of November 2026, with more in it that an adversary could turn around. */
const page = swap(
  decodePage(readFileSync('tests/fixtures/pages/guide.html')),
  '</main>',
  `${ours}</main>`,
);

/** What is said of a page that was made of ours. */
const judge = (bytes: string | Uint8Array): string[] =>
  recognisePage(Buffer.from(bytes), [{ path, html: page }])?.changes.map(
    (change) => `${change.kind}: ${describeChange(change)}`,
  ) ?? ['like no page'];

/** The text with a change that must find its place. */
function swap(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to change: ${String(from)}`);
  return changed;
}

const paragraph = '<p id="one">';
const none = 'structure: something that no page of ours has was added: ';

describe('a page that shows or asks something else than ours is never the same:', () => {
  it('(ours is)', () => {
    expect(judge(page)).toEqual([]);
  });

  it.each<[what: string, from: string | RegExp, to: string, first: string]>([
    // Order, as browsers build it.
    [
      'the end of a table behind the next block',
      /<\/table>(<p>.*?<\/p>)/,
      '$1</table>',
      'structure: a paragraph is in another place: "▼ Releases:"',
    ],
    ['a table that loses its end', /<\/table>(<p>)/, '$1', 'structure: '],
    ['a row that loses its cells', '<td>1,374</td>', '1,374', 'structure: '],
    [
      'links of the same words exchanged',
      /alpha\.html(.*)beta\.html/,
      'beta.html$1alpha.html',
      'link: a link leads elsewhere: "here" led to "en/guide/alpha.html", here to "en/guide/beta.html"',
    ],
    [
      'a link around other words',
      'Alpha gives seeds <a href="alpha.html">here</a>',
      'Alpha gives <a href="alpha.html">seeds</a> here',
      'structure: the page is built differently: known ',
    ],
    [
      'an image in another paragraph',
      /(<img alt="A field"[^>]*>)( Gamma has a field\.<\/p>.*<p id="four">)/,
      '$2$1',
      'structure: ',
    ],
    [
      'a drawing in another place',
      /(<svg class="band".*?<\/svg>)(.*)(<\/main>)/s,
      '$2$1$3',
      'structure: ',
    ],
    [
      'a style sheet in another place',
      /(<style>.*?<\/style>)(.*)(<\/main>)/s,
      '$2$1$3',
      'structure: ',
    ],
    ['a style sheet that its policy refuses', '<style>', '<style> ', 'structure: a style sheet'],
    [
      'lines of code in one',
      'first line\nsecond line',
      'first line second line',
      'structure: the page is built differently: known ',
    ],
    [
      'an emphasis that never ends',
      `${paragraph}Alpha`,
      `${paragraph}<b>Alpha`,
      'structure: the same words are marked differently',
    ],
    // The head, and what comes before it.
    ['words before the doctype', '<!DOCTYPE', 'x<!DOCTYPE', 'script: the policy'],
    ['no doctype', '<!DOCTYPE html>', '', 'structure: what the page says of itself to browsers'],
    [
      'a doctype of old browsers',
      '<!DOCTYPE html>',
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">',
      'structure: what the page says of itself to browsers',
    ],
    [
      'a style sheet of XML',
      '<!DOCTYPE',
      '<?xml-stylesheet href="data:text/css,*{display:none}"?><!DOCTYPE',
      none,
    ],
    [
      'its encoding too late for browsers',
      '<meta charset="utf-8">',
      `<!-- ${'x'.repeat(1024)} --><meta charset="utf-8">`,
      none,
    ],
    [
      'its encoding in a comment for browsers that look ahead',
      '<meta charset="utf-8">',
      '<!-- --!><meta charset="utf-8"><!-- -->',
      none,
    ],
    ['another encoding', '"utf-8"', '"windows-1251"', 'structure: what the page says of itself'],
    ['a base', '<meta charset', '<base href="https://evil.example/"><meta charset', 'script: '],
    [
      'a base without an address',
      '<meta charset',
      '<base target="_blank"><meta charset',
      'script: another base of all links was added',
    ],
    [
      'an order to leave',
      '<meta charset',
      '<meta http-equiv="Refresh" content="5;url=//evil.example"><meta charset',
      'script: an order to the browser was added',
    ],
    [
      'an order to leave, in the body',
      paragraph,
      `<meta http-equiv=refresh content=0>${paragraph}`,
      'script: an order to the browser was added',
    ],
    [
      'another policy for referrers',
      'content="no-referrer"',
      'content="unsafe-url"',
      'structure: what the page says of itself to browsers',
    ],
    [
      'a style sheet of another host',
      '<meta charset',
      '<link rel="icon stylesheet" href="//evil.example"><meta charset',
      'script: something that loads was added',
    ],
    // Elements that hide, replace or move what is in them.
    ['<template>', /(<p id="one">.*?<\/p>)/, '<template>$1</template>', 'structure: '],
    ['<noscript>', /(<p id="one">.*?<\/p>)/, '<noscript>$1</noscript>', 'structure: '],
    ['<plaintext>', paragraph, `<plaintext>${paragraph}`, 'link: '],
    ['<xmp>', /(<p id="one">.*?<\/p>)/, '<xmp>$1</xmp>', 'link: a link is missing'],
    [
      '<frameset> in place of the body',
      '<body>',
      '<frameset><frame src="//evil.example"></frameset><body>',
      'like no page',
    ],
    ['<iframe>', paragraph, `<iframe srcdoc="<p>x"></iframe>${paragraph}`, 'script: '],
    ['<object>', paragraph, `<object data="x.svg"></object>${paragraph}`, 'script: '],
    ['<embed>', paragraph, `<embed src="x.svg">${paragraph}`, 'script: '],
    ['<dialog>', paragraph, `<dialog open>Pay here</dialog>${paragraph}`, none],
    [
      '<dialog> around words of ours',
      /(<p id="one">.*?<\/p>)/,
      '<dialog>$1</dialog>',
      'structure: ',
    ],
    ['<details> that is closed', /(<p id="one">.*?<\/p>)/, '<details>$1</details>', 'structure: '],
    ['<details> that was open', '<details open>', '<details>', 'structure: '],
    ['<select>', /(<p id="one">.*?<\/p>)/, '<select>$1</select>', 'script: '],
    [
      '<input> with words as its value',
      paragraph,
      `<input value="DE89 3704 0044 0532 0130 00">${paragraph}`,
      'script: a form was added',
    ],
    ['<textarea>', paragraph, `<textarea>Pay here</textarea>${paragraph}`, 'script: '],
    ['<button>', paragraph, `<button popovertarget=x>Go</button>${paragraph}`, 'script: '],
    ['<marquee>', /(<p id="one">.*?<\/p>)/, '<marquee>$1</marquee>', none],
    [
      '<foreignObject>',
      paragraph,
      `<svg><foreignObject>Pay</foreignObject></svg>${paragraph}`,
      none,
    ],
    ['<math>', paragraph, `<math><mtext>Pay here</mtext></math>${paragraph}`, none],
    [
      'words in a drawing',
      paragraph,
      `<svg><text>Pay here</text></svg>${paragraph}`,
      'structure: ',
    ],
    [
      'a drawing that covers words',
      paragraph,
      `<svg><rect width="900" height="900"/></svg>${paragraph}`,
      'structure: a drawing was added',
    ],
    ['<bdo>', 'Alpha gives seeds', '<bdo dir="rtl">Alpha gives seeds</bdo>', none],
    ['<del>', 'Alpha gives seeds', '<del>Alpha gives seeds</del>', 'structure: '],
    ['<s>', 'Alpha gives seeds', '<s>Alpha gives seeds</s>', 'structure: '],
    ['<ruby>', 'Alpha gives', '<ruby>Alpha<rt>Pay</rt></ruby> gives', none],
    ['<wbr> in a word', 'Alpha gives', 'Al<wbr>pha gives', none],
    ['<font>', 'Alpha gives', '<font size="1">Alpha</font> gives', none],
    // Attributes.
    ['hidden', paragraph, '<p id="one" hidden>', 'structure: a paragraph is hidden'],
    ['hidden="until-found"', paragraph, '<p id="one" hidden="until-found">', 'structure: '],
    ['inert', paragraph, '<p id="one" inert>', none],
    ['popover', paragraph, '<p id="one" popover>', none],
    ['contenteditable', paragraph, '<p id="one" contenteditable>', none],
    ['a style', paragraph, '<p id="one" style="visibility:hidden">', 'structure: '],
    ['a class of ours', paragraph, '<p id="one" class="skip">', 'structure: '],
    ['an id of ours', paragraph, '<p id="_contents">', 'structure: '],
    ['a title', paragraph, '<p id="one" title="Pay DE89 3704 0044 0532 0130 00">', 'account: '],
    ['dir', paragraph, '<p id="one" dir="rtl">', 'structure: '],
    ['another dir', 'dir="rtl"', 'dir="ltr"', 'structure: '],
    ['lang', paragraph, '<p id="one" lang="ru">', 'structure: '],
    ['role', paragraph, '<p id="one" role="presentation">', 'structure: '],
    ['aria-hidden', paragraph, '<p id="one" aria-hidden="true">', 'structure: '],
    ['another start of a list', 'start="3"', 'start="1"', 'structure: '],
    ['a list from its end', 'start="3"', 'start="3" reversed', none],
    ['a value of a list item', '<li>Dig</li>', '<li value="9">Dig</li>', 'structure: '],
    ['letters in place of numbers', 'start="3"', 'start="3" type="a"', none],
    ['a wider cell', '<td>1,374</td>', '<td colspan="2">1,374</td>', 'structure: '],
    ['a link to a file to keep', '<a href="alpha.html"', '<a download href="alpha.html"', none],
    [
      'a link that reports',
      '<a href="alpha.html"',
      '<a ping="//evil.example" href="alpha.html"',
      'script: ',
    ],
    ['a link for another window', '<a href="alpha.html"', '<a target="x" href="alpha.html"', none],
    [
      'a link that holds its page',
      'href="alpha.html"',
      'href="data:text/html,<p>Pay here"',
      'script: code in an address was added',
    ],
    [
      'a link that holds its text',
      'href="alpha.html"',
      'href="data:text/plain,Pay"',
      'link: a link leads elsewhere',
    ],
    ['a link of a file of this machine', 'href="alpha.html"', 'href="file:///etc"', 'link: '],
    [
      'a map on an image',
      '<img alt',
      '<map name=m><area href=//evil.example></map><img usemap="#m" alt',
      none,
    ],
    [
      '<picture>',
      /(<img alt="A field"[^>]*>)/,
      '<picture><source srcset=//evil.example>$1</picture>',
      'script: ',
    ],
    ['srcset', '<img alt="A field"', '<img srcset="//evil.example" alt="A field"', 'script: '],
    [
      'an image of another size',
      '<img alt="A field"',
      '<img width="1" height="1" alt="A field"',
      'structure: ',
    ],
    ['another text for an image', 'alt="A field"', 'alt="Pay here"', 'text: '],
    [
      'an image of another name',
      'field.aaaa.jpg',
      'field.bbbb.jpg',
      'structure: an image is another',
    ],
    [
      'an image as data',
      '../_astro/field.aaaa.jpg',
      'data:image/png,x',
      'structure: an image is another',
    ],
    // Style.
    [
      'words from a style sheet',
      '</style>',
      '#one::before{content:"Pay"}</style>',
      'structure: a style sheet',
    ],
    [
      'an order from a style sheet',
      '</style>',
      'main{display:flex;flex-direction:column-reverse}</style>',
      'structure: a style sheet',
    ],
    [
      'a second style sheet',
      '</head>',
      '<style>p{color:#fff}</style></head>',
      'structure: a style sheet',
    ],
    ['a style sheet for some', '<style>', '<style media="print">', none],
    // Characters.
    ['NUL in a tag', '<p id="one">', '<p\0 id="one">', 'structure: '],
    ['a form feed as a space', '<p id="one">', '<p\fid="one"\fhidden>', 'structure: '],
    ['an override of direction', 'Beta gives', '\u202EBeta\u202C gives', 'text: '],
    ['a soft hyphen', 'Beta gives', 'Be\u00ADta gives', 'text: '],
    ['a reference of two characters', 'Beta gives', 'Beta&NotEqualTilde; gives', 'text: '],
  ])('%s', (_, from, to, first) => {
    const changes = judge(swap(page, from, to)).filter((change) => !change.startsWith('host'));
    expect(changes.length).toBeGreaterThan(0);
    expect(
      changes.some((change) => change.startsWith(first)),
      changes.join('\n'),
    ).toBe(true);
  });

  it('two marks of the byte order, of which browsers take one away', () => {
    expect(judge(`\uFEFF\uFEFF${page}`).join('\n')).toMatch(/^script: the policy of the page/);
    expect(judge(`\uFEFF${page}`)).toEqual([]);
  });
});

describe('a page that a browser has written anew is the same:', () => {
  it.each<[what: string, change: (html: string) => string]>([
    ['comments', (html) => html.replace('<head>', '<head><!-- saved from url=(0022)x -->\n')],
    ['spaces between blocks', (html) => html.replaceAll('</p><p', '</p>\r\n\r\n  <p')],
    ['wrapped lines', (html) => html.replace('Alpha gives seeds', 'Alpha\n   gives\tseeds')],
    ['tags that end themselves', (html) => html.replaceAll(/<(img|meta)([^>]*)>/g, '<$1$2/>')],
    ['attributes in another order', (html) => html.replace('<p id="one">', '<P\nid=one>')],
    ['references', (html) => html.replace('Beta gives', '&#66;eta gives')],
    [
      'ends that may be left out',
      (html) => html.replaceAll('</li>', '').replace('</body></html>', ''),
    ],
    ['spaces after its end', (html) => `${html}\n\n`],
  ])('with other %s', (_, change) => {
    expect(change(page)).not.toBe(page);
    expect(judge(change(page))).toEqual([]);
  });
});
