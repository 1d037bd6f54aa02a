import { describe, expect, it } from 'vitest';
import { parsePage, type LinkVerdict } from '../../src/integrations/post-build/built-page.ts';
import { serializeForFeed } from '../../src/integrations/post-build/feed-html.ts';

const canonical = 'https://campaign.example/';
const inside: LinkVerdict = { kind: 'inside', path: 'en/guide/letters.html', fragment: '#rules' };
const outside: LinkVerdict = { kind: 'outside', address: 'https://good.example/' };

/** The feed's HTML of a <main>, each link of which was judged alike. */
function feedOf(main: string, verdict?: LinkVerdict, address?: string): string {
  const page = parsePage(
    'en/a.html',
    `<body><header>Menu</header><main>${main}</main><footer>End</footer></body>`,
  );
  for (const element of page.elements)
    if (verdict && element.tagName === 'a') page.links.set(element, verdict);
  return serializeForFeed(page, { canonical: address, struckOut: '[struck out: {text}]' });
}

describe('serializeForFeed', () => {
  it('is empty for a page without <main>', () => {
    expect(
      serializeForFeed(parsePage('a.html', '<body><p>a</p></body>'), { canonical, struckOut: '' }),
    ).toBe('');
  });

  it.each([
    ['the heading of the page, which is the title of the item', '<h1>Title</h1><p>a</p>'],
    ['menus', '<nav><ul><li><a href="x">b</a></li></ul></nav><p>a</p>'],
    ['drawings', '<svg><title>b</title><text>c</text></svg><p>a</p>'],
    ['scripts', '<script>b()</script><p>a</p>'],
    ['styles', '<style>b{}</style><p>a</p>'],
    ['comments', '<!-- b --><p>a</p>'],
    ['templates', '<template><p>b</p></template><p>a</p>'],
    ['what is dropped deep in other things', '<div><p>a<script>b()</script></p></div>'],
  ])('leaves out %s', (_, html) => {
    expect(feedOf(html, inside, canonical)).toBe('<p>a</p>');
  });

  it.each([
    ['classes, ids and data', '<p class="b" id="c" data-d="e">a</p>', '<p>a</p>'],
    ['handlers and styles', '<p onclick="b()" style="color:red">a</p>', '<p>a</p>'],
    [
      'the size of cells',
      '<table><tbody><tr><td colspan="2" class="b">a</td></tr></tbody></table>',
      '<table><tbody><tr><td>a</td></tr></tbody></table>',
    ],
  ])('takes off %s', (_, html, expected) => {
    expect(feedOf(html)).toBe(expected);
  });

  it.each([
    ['sections', '<section class="b"><h2>a</h2><p>b</p></section>', '<h2>a</h2><p>b</p>'],
    [
      'sections of another language',
      '<section class="b" lang="be"><p>a</p></section>',
      '<div lang="be"><p>a</p></div>',
    ],
    [
      'blocks that hold words',
      '<section>one</section><section>two</section>',
      '<div>one</div><div>two</div>',
    ],
    ['spans', '<p>a <span class="x">b</span></p>', '<p>a b</p>'],
    [
      'links of another language that are none any more',
      '<p>a <a href="x" lang="be">b</a></p>',
      '<p>a <span lang="be">b</span></p>',
    ],
    ['frames', '<iframe src="https://evil.example/"></iframe><p>a</p>', '<p>a</p>'],
    [
      'pictures by their words',
      '<p><img src="a.webp" alt="a &lt;leaf>"></p>',
      '<p>a &lt;leaf&gt;</p>',
    ],
    ['pictures without words by nothing', '<p>a<img src="a.webp"></p>', '<p>a</p>'],
  ])('replaces %s', (_, html, expected) => {
    expect(feedOf(html)).toBe(expected);
  });

  it.each([
    ['lists', '<ul><li>a</li></ul><ol><li>b</li></ol>'],
    ['terms', '<dl><dt>a</dt><dd>b</dd></dl>'],
    [
      'emphasis',
      '<p><b>a</b> <strong>b</strong> <i>c</i> <em>d</em> <sub>f</sub> <sup>g</sup> <code>h</code></p>',
    ],
    ['headings', '<h2>a</h2><h3>b</h3><h4>c</h4>'],
    ['breaks and rules', '<p>a<br>b</p><hr>'],
    ['quotations', '<blockquote><p>a</p></blockquote>'],
    [
      'tables',
      '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    ],
    ['entities', '<p>a &lt;b&gt; &amp;amp; c</p>'],
    ['the language of a paragraph', '<p lang="be">Вясна</p>'],
    ['the direction of a paragraph', '<p lang="ar" dir="rtl">ربيع</p>'],
    ['the language of a span', '<p>so <span lang="be">Вясна</span></p>'],
    ['lines of preformatted text', '<pre>a\n  b</pre>'],
    ['empty lines of preformatted text', '<pre>a\n\nb</pre>'],
  ])('keeps %s', (_, html) => {
    expect(feedOf(html)).toBe(html);
  });

  it.each([
    [
      'deleted text',
      '<p><del>on Saturday</del> on Sunday</p>',
      '<p><del>[struck out: on Saturday]</del> on Sunday</p>',
    ],
    [
      'struck text',
      '<p><s>10 <b>kg</b></s> 20 kg</p>',
      '<p><s>[struck out: 10 <b>kg</b>]</s> 20 kg</p>',
    ],
    [
      'numbers around deleted text',
      '<p>5<del>10 … 20</del>30</p>',
      '<p>5<del>[struck out: 10 … 20]</del>30</p>',
    ],
    ['powers', '<p>10<sup>2</sup> and 10<sup>−3</sup></p>', '<p>10² and 10⁻³</p>'],
    ['indices', '<p>H<sub>2</sub>O</p>', '<p>H₂O</p>'],
    [
      'raised texts that have no characters of their own',
      '<p>a<sup>2x</sup> b<sub>1,5</sub></p>',
      '<p>a^(2x) b_(1,5)</p>',
    ],
    ['raised letters', '<p>le 1<sup>er</sup> mai</p>', '<p>le 1<sup>er</sup> mai</p>'],
    [
      'the numbers of sources',
      '<p>a <sup data-cites="b"><a href="#s1">[1]</a></sup></p>',
      '<p>a [1]</p>',
    ],
  ])('says %s in characters too, for readers that show plain text', (_, html, expected) => {
    expect(feedOf(html)).toBe(expected);
  });

  it.each([
    ['inside the site, where the campaign has no address', inside, undefined],
    ['to a designated or any other outside address', outside, canonical],
    ['outside, where the campaign has no address', outside, undefined],
    ['that are none any more', { kind: 'plain' }, canonical],
    ['that were never judged', undefined, canonical],
  ] as const)('keeps only the words of links %s', (_, verdict, address) => {
    expect(
      feedOf(
        '<p>See <a class="b" href="https://good.example/">this <b>page</b></a>.</p>',
        verdict,
        address,
      ),
    ).toBe('<p>See this <b>page</b>.</p>');
  });

  it('leads links inside the site to the address of the campaign', () => {
    expect(
      feedOf(
        '<p><a class="b" href="../letters.html" rel="c" lang="be"><em>a</em></a></p>',
        inside,
        canonical,
      ),
    ).toBe(
      '<p><a href="https://campaign.example/en/guide/letters.html#rules" lang="be"><em>a</em></a></p>',
    );
  });

  it('puts no empty lines between, and none at the ends', () => {
    expect(feedOf('\n\n<div>\n<p>a</p>\n\n \n<p>b</p>\n</div>\n')).toBe('<p>a</p>\n<p>b</p>');
  });

  it('leaves the page as it is', () => {
    const page = parsePage('a.html', '<main><h1>a</h1><p class="b">c</p></main>');
    const before = page.elements.map(({ tagName, attrs, childNodes }) => ({
      tagName,
      attrs: [...attrs],
      children: childNodes.length,
    }));
    serializeForFeed(page, { canonical, struckOut: '' });
    expect(
      page.elements.map(({ tagName, attrs, childNodes }) => ({
        tagName,
        attrs: [...attrs],
        children: childNodes.length,
      })),
    ).toEqual(before);
  });

  it.each([
    ['two blocks', '<div>one</div><div>two</div>'],
    ['a picture and its caption', '<figure><img alt="one"><figcaption>two</figcaption></figure>'],
    ['a summary and its details', '<details><summary>one</summary>two</details>'],
  ])('does not run the words of %s together', (_, html) => {
    expect(feedOf(html)).not.toContain('onetwo');
  });
});
