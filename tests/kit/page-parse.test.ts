import { readFileSync } from 'node:fs';
import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { decodePage, PageError, pageLimits } from '../../src/kit/core/page-diff/page-file.ts';
import { parsePage, walkPage } from '../../src/kit/core/page-diff/parse-page.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';
import { bundleParser, vendoredParser } from '../helpers/vendor-parse5.ts';

/** A tree in one line: `<p id=a>text</p>`. */
function print(html: string): string {
  let line = '';
  walkPage(parsePage(html).root, {
    start({ name, attributes }) {
      line += `<${[name, ...[...attributes].map(([key, value]) => `${key}=${value}`)].join(' ')}>`;
    },
    end: ({ name }) => void (line += `</${name}>`),
    text: (text) => void (line += text),
  });
  return line;
}

/** The same of parse5 with a tree of its own, comments left out. */
function printByParse5(html: string): string {
  const printNode = (node: DefaultTreeAdapterTypes.ChildNode): string => {
    if (defaultTreeAdapter.isTextNode(node)) return node.value;
    if (!defaultTreeAdapter.isElementNode(node)) return '';
    const attributes = node.attrs.map(
      ({ prefix, name, value }) => `${prefix ? `${prefix}:` : ''}${name}=${value}`,
    );
    const children = 'content' in node ? node.content.childNodes : node.childNodes;
    const inside = children.map(printNode).join('');
    return `<${[node.tagName, ...attributes].join(' ')}>${inside}</${node.tagName}>`;
  };
  return parse(html, { scriptingEnabled: false }).childNodes.map(printNode).join('');
}

const inBody = (html: string): string =>
  print(`<!doctype html><body>${html}`)
    .replace('<html><head></head><body>', '')
    .replace('</body></html>', '');

describe('the vendored parser', () => {
  it('is what the locked packages give', async () => {
    const given = await bundleParser();
    expect(
      given === readFileSync(vendoredParser, 'utf8'),
      'run: node scripts/run.mjs tests/helpers/vendor-parse5.ts',
    ).toBe(true);
  });

  it('imports nothing and keeps its licences', () => {
    const code = readFileSync(vendoredParser, 'utf8');
    expect(code).not.toMatch(/^\s*import\b|\bimport\(|\brequire\(/m);
    expect(code).toContain('parse5 8.1.1, MIT');
    expect(code).toContain('entities 9.0.0, BSD-2-Clause');
  });
});

describe('parsePage', () => {
  it.each<[what: string, html: string, expected: string]>([
    ['nothing', '', ''],
    ['a tag without end', 'a<b c', 'a'],
    ['a comment without end', 'a<!-- <b>', 'a'],
    ['a script without end', '<script>a<b>', '<script>a<b></script>'],
    ['words in a table', '<table>a<tr><td>b', 'a<table><tbody><tr><td>b</td></tr></tbody></table>'],
    [
      'a table that ends late',
      '<table><tr><td>a</td></tr><p>b</p></table>',
      '<p>b</p><table><tbody><tr><td>a</td></tr></tbody></table>',
    ],
    ['bold text across paragraphs', '<p><b>a<p>b', '<p><b>a</b></p><p><b>b</b></p>'],
    ['misnested tags', '<b>a<i>b</b>c</i>', '<b>a<i>b</i></b><i>c</i>'],
    ['a link in a link', '<a href=x>a<a href=y>b', '<a href=x>a</a><a href=y>b</a>'],
    [
      'a drawing, with its capitals',
      '<svg viewbox="0"><foreignobject><p>a</svg>',
      '<svg viewBox=0><foreignObject><p>a</p></foreignObject></svg>',
    ],
    ['a link of a drawing', '<svg><a xlink:href=x>a</a></svg>', '<svg><a xlink:href=x>a</a></svg>'],
    ['a drawing that a paragraph ends', '<svg><p>a', '<svg></svg><p>a</p>'],
    ['the content of a template', '<template><td>a</template>', '<template><td>a</td></template>'],
    ['the content of <noscript>', '<noscript><p>a</noscript>', '<noscript><p>a</p></noscript>'],
    ['plain text', '<plaintext>a</plaintext>', '<plaintext>a</plaintext></plaintext>'],
    ['references', '&eacute;&fjlig;&#x80;&ampx&notit;', 'éfj€&x¬it;'],
    ['the first of two attributes', '<p id=a ID=b>', '<p id=a></p>'],
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
  ])('reads %s as browsers do', (_, html, expected) => {
    expect(inBody(html)).toBe(expected);
  });

  it('knows frames, which replace what a page shows', () => {
    expect(print('<frameset><frame src=x></frameset><p>a')).toBe(
      '<html><head></head><frameset><frame src=x></frame></frameset></html>',
    );
  });

  it('names what browsers could read in another way', () => {
    expect(parsePage('<?xml-stylesheet href="x"?>\0').dubious).toEqual([
      '\0',
      '<?xml-stylesheet href="x"?>',
    ]);
    expect(parsePage('<!DOCTYPE HTML PUBLIC "a" "b">').doctype).toBe('<!doctype html "a" "b">');
  });

  it(
    'builds the tree that parse5 builds, of damaged pages too',
    () => {
      const seeds = [
        '<!DOCTYPE html><p class="a b" id=c>x &amp; y<br/><a href=\'z?q=1&lt=2\'>é<b></a><!-- c --><script>if (a<b) "<!--<script>"</script>t</p>',
        '<title>a&lt;<b></title><style>p{}</style><table><tr><td>1<b><p>2</table><template><td>x</template><svg><a xlink:href=y><foreignObject><p>z</svg>',
        '<body a=1><form><div></form><form><b><i><p></b>q</i><table><caption>c<tr>t<select><option>o</table><math><mi>x<annotation-xml encoding=text/html><p>',
      ];
      fuzz(
        'parsePage',
        seeds.map((seed) => Buffer.from(seed)),
        (bytes) => {
          const html = decodePage(bytes);
          expect(print(html)).toBe(printByParse5(html));
        },
        [PageError], // too deep, too much: damage repeats elements
        fuzzSettings(3_000),
      );
    },
    fuzzTimeout,
  );
});

describe('a page that costs much', () => {
  it.each<[what: string, html: string]>([
    ['too many tags', '<a>'.repeat(pageLimits.maxMarks + 1)],
    ['too many attributes', '<p a b c d e f g h i>'.repeat(pageLimits.maxMarks / 10 + 1)],
    [
      'too many attributes of one tag',
      `<p${Array.from({ length: pageLimits.maxMarks + 1 }, (_, at) => ` a${at}`).join('')}>`,
    ],
    ['too many comments', '<!>'.repeat(pageLimits.maxMarks + 1)],
    ['too many elements in elements', '<div>'.repeat(pageLimits.maxDepth)],
    [
      'tags that are repeated in each paragraph',
      `<p>${Array.from({ length: 400 }, (_, at) => `<b id=${at}>`).join('')}${'<p>a'.repeat(400)}`,
    ],
  ])('is refused with %s', (_, html) => {
    expect(() => parsePage(html)).toThrow(PageError);
  });

  const many = (count: number, unit: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => unit(at)).join('');
  it.each<[what: string, make: (count: number) => string]>([
    ['of bold text that does not end', (count) => many(count, () => '<b>')],
    ['of bold text of many kinds', (count) => many(count, (at) => `<b id=${at}>`)],
    ['of links in links', (count) => many(count, () => '<a href=x>a')],
    ['of paragraphs in bold text', (count) => many(count, () => '<b><p>a')],
    ['of misnested ends', (count) => `<b><i>${many(count, () => '<p>a</b></i><b><i>')}`],
    ['of ends of bold text', (count) => many(count / 20, () => `<b>${'<p>a</p>'.repeat(20)}</b>`)],
    [
      'of ends that move content',
      (count) => `${'<b>'.repeat(200)}<div>${many(count, () => '<p></p>')}${'</b>'.repeat(200)}`,
    ],
    ['of tables in tables', (count) => many(count, () => '<table>')],
    ['of tables in cells', (count) => many(count, () => '<table><tr><td>')],
    ['of content before one table', (count) => `<table>${many(count, () => '<i>a</i>')}`],
    ['of paragraphs', (count) => many(count, () => '<p>a')],
    ['of ends without a start', (count) => many(count, () => '</p>')],
    ['of lists', (count) => many(count, () => '<ul><li>a</ul>')],
    ['of list items in elements', (count) => `${'<i>'.repeat(400)}${many(count, () => '<li>a')}`],
    ['of forms', (count) => many(count, () => '<form><div></form>')],
    ['of templates', (count) => many(count, () => '<template>')],
    ['of selections', (count) => many(count, () => '<select><option>a</select>')],
    ['of drawings', (count) => many(count, () => '<svg><g></svg>')],
    ['of drawings in drawings', (count) => many(count, () => '<svg><foreignObject>')],
    ['of attributes of one tag', (count) => `<p${many(count, (at) => ` a${at}`)}>`],
    ['of attributes of the root', (count) => many(count, (at) => `<html a${at}>`)],
    ['of attributes of the body', (count) => many(count, (at) => `<body a${at}>`)],
    ['of NULs and words', (count) => many(count, () => 'a \0')],
    ['of references', (count) => many(count, () => '&amp;&not;')],
  ])('%s grows no faster than its size, or is refused', (_, make) => {
    const parse = (html: string): void => {
      try {
        parsePage(html);
      } catch (error) {
        expect(error).toBeInstanceOf(PageError);
      }
    };
    const [small, large] = [make(8_000), make(32_000)];
    expect(
      measureGrowth(
        () => parse(small),
        () => parse(large),
        4,
      ),
    ).toBeLessThan(linearGrowth);
  });
});

describe('decodePage', () => {
  it('refuses too many bytes', () => {
    expect(() => decodePage(Buffer.alloc(pageLimits.maxBytes + 1))).toThrow(PageError);
  });

  it.each<[what: string, bytes: Buffer, text: string]>([
    ['shows what is no UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'a\uFFFDb'],
    ['reads UTF-8 without its mark', Buffer.from('\uFEFFé'), 'é'],
    ['reads UTF-16', Buffer.from('\uFEFFé', 'utf16le'), 'é'],
    ['reads UTF-16 the other way round', Buffer.from('\uFEFFé', 'utf16le').swap16(), 'é'],
  ])('%s', (_, bytes, text) => {
    expect(decodePage(bytes)).toBe(text);
  });
});
