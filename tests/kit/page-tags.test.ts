import { Tokenizer, TokenizerMode, type Token } from 'parse5';
import { describe, expect, it } from 'vitest';
import { decodePage } from '../../src/kit/page-diff/decode-page.ts';
import { PageError, pageLimits } from '../../src/kit/page-diff/page-error.ts';
import { readTags } from '../../src/kit/page-diff/read-tags.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';

/** Tags and text in one line. */
const read = (html: string): string =>
  [...readTags(html)]
    .map((tag) => {
      if (tag.type === 'start')
        return `<${[tag.name, ...[...tag.attributes].map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ')}${tag.selfClosing ? '/' : ''}>`;
      return tag.type === 'end'
        ? `</${tag.name}>`
        : tag.type === 'text'
          ? tag.text
          : `{${tag.type}}`;
    })
    .join('');

describe('readTags', () => {
  it.each<[what: string, html: string, expected: string]>([
    ['a tag without end', 'a<b c', 'a'],
    ['a value without end', 'a<a href="x>b</a>', 'a'],
    ['a comment without end', 'a<!-- <b>', 'a'],
    ['a script without end', '<script>a<b>', '<script>a<b>'],
    ['a title without end', '<title>a<b>', '<title>a<b>'],
    ['nothing', '', ''],
    ['a sign at the end', 'a<', 'a<'],
    ['an end at the end', 'a</', 'a</'],
    ['a sign alone', '1 < 2 <3', '1 < 2 <3'],
    ['an end of nothing', 'a</>b</ c>d', 'abd'],
    ['a question', 'a<?php b ?>c', 'ac'],
    ['a declaration', 'a<!x>b<!DOCTYPE html>c', 'ab{doctype}c'],
    ['a character section outside of a drawing', 'a<![CDATA[ b> c', 'a c'],
    ['a character section in a drawing', '<svg><![CDATA[<a>]]></svg>', '<svg><a></svg>'],
    ['comments in all forms', 'a<!--><b><!---><i><!-- x --!><s><!---- ><u>--><p>', 'a<b><i><s><p>'],
    ['values without quotes', '<a href=x/y?a=b/>c', '<a href="x/y?a=b/">c'],
    ['values in single quotes', "<a href='\"x'>", '<a href="\\"x">'],
    ['attributes without space between', '<a href="x"title="y">', '<a href="x" title="y">'],
    ['a slash among attributes', '<a/href=x / id=y>', '<a href="x" id="y">'],
    ['the first of two', '<a href=x HREF=y>', '<a href="x">'],
    ['an equals sign as a name', '<a =x=y>', '<a =x="y">'],
    ['an empty value', '<a href=>b', '<a href="">b'],
    ['capitals', '<A HREF=X>b</A >', '<a href="X">b</a>'],
    ['a letter that only Unicode makes small', '<a \u212Aİ=x>', '<a \u212Aİ="x">'],
    ['a name with a quote', '<a"b>', '<a"b>'],
    ['NUL', 'a\0b<c\0d e\0=f\0>', 'ab{unknown}<c\uFFFDd e\uFFFD="f\uFFFD">'],
    ['NUL in a reference', '&#6\x005; &am\0p;', '\x065; &amp;{unknown}{unknown}'],
    ['line ends', 'a\r\nb\rc', 'a\nb\nc'],
    ['a mark of the byte order', '\uFEFFa', 'a'],
    [
      'references',
      '&lt;a&gt; &amp;amp; &#39;&#x27;&quot;&apos;&nbsp;é&eacute;',
      "<a> &amp; ''\"'\u00A0éé",
    ],
    ['references without semicolon', '&ltb&gt &ampx &#65b &notit', '<b> &x Ab &notit{unknown}'],
    [
      'references of nothing',
      '&#0;&#xD800;&#x110000;&#99999999999999999999;&#x80;',
      '\uFFFD\uFFFD\uFFFD\uFFFD€',
    ],
    ['a reference that is not known', 'a&fjlig;b', 'a&fjlig;b{unknown}'],
    [
      'a reference in an address',
      '<a href="?a&lt=1&ltb&amp=2&lt;">',
      '<a href="?a&lt=1&ltb&amp=2<">',
    ],
    ['a script with tags', '<script><b></b></script >c', '<script><b></b></script>c'],
    [
      'a script in a comment in a script',
      '<script><!--<script></script>--></script>a',
      '<script><!--<script></script>--></script>a',
    ],
    [
      'a script after a short comment',
      '<script><!--><script></script>a',
      '<script><!--><script></script>a',
    ],
    [
      'other raw text',
      '<style><a></style><iframe><b></iframe><xmp>&lt;</xmp><textarea>&lt;<i></textarea>',
      '<style><a></style><iframe><b></iframe><xmp>&lt;</xmp><textarea><<i></textarea>',
    ],
    ['an end that only begins alike', '<style>a</styles></style>b', '<style>a</styles></style>b'],
    ['plain text', '<plaintext>a</plaintext>', '<plaintext>a</plaintext>'],
    [
      'a style in a drawing',
      '<svg><style><a href=x></style></svg><style><b></style>',
      '<svg><style><a href="x"></style></svg><style><b></style>',
    ],
    ['a title in a drawing', '<svg><title><a></title></svg>', '<svg><title><a></title></svg>'],
    ['a drawing that a paragraph ends', '<svg><p><style><b></style>', '<svg><p><style><b></style>'],
    [
      'HTML in a drawing',
      '<svg><foreignObject><style><b></style></foreignObject><style><b></style>',
      '<svg><foreignobject><style><b></style></foreignobject><style><b></style>',
    ],
    [
      'elements that end themselves',
      '<svg/><path/><svg><path/></svg>',
      '<svg/><path><svg><path/></svg>',
    ],
  ])('reads %s', (_, html, expected) => {
    expect(read(html)).toBe(expected);
  });

  it(
    'reads damaged pages as the tokenizer of browsers does',
    () => {
      const seeds = [
        '<!DOCTYPE html><p class="a b" id=c>x &amp; y<br/><a href=\'z?q=1&lt=2\'>é</a><!-- c --><script>if (a<b) "<!--<script>"</script>t</p>',
        '<title>a&lt;<b></title><style>p{}</style><textarea>&gt;</textarea></ x><?p?><![CDATA[x]]>&#x41;&#0;',
      ];
      fuzz(
        'readTags',
        seeds.map((seed) => Buffer.from(seed)),
        (bytes) => {
          const html = decodePage(bytes);
          if (/<(?:svg|math)/i.test(html) || /&(?!(?:amp|lt|gt|quot);|lt=2|#x?\w+;?)/.test(html))
            return; // where other rules hold, and names that we do not read
          expect(read(html).replaceAll('{doctype}', '').replaceAll('{unknown}', '')).toBe(
            readLikeBrowsers(html),
          );
        },
        [],
        fuzzSettings(3_000),
      );
    },
    fuzzTimeout,
  );

  it.each<[what: string, html: string]>([
    ['too many tags', '<a>'.repeat(pageLimits.maxMarks + 1)],
    ['too many attributes', `<a${' b'.repeat(pageLimits.maxMarks + 1)}>`],
    ['too many comments', '<!>'.repeat(pageLimits.maxMarks + 1)],
  ])('refuses %s', (_, html) => {
    expect(() => read(html)).toThrow(PageError);
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

const modes: Readonly<Record<string, number>> = {
  script: TokenizerMode.SCRIPT_DATA,
  style: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
  plaintext: TokenizerMode.PLAINTEXT,
};

/** By parse5, which follows the standard to the letter. */
function readLikeBrowsers(html: string): string {
  let out = '';
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onComment: () => undefined,
      onDoctype: () => undefined,
      onEof: () => undefined,
      onNullCharacter: () => undefined,
      onStartTag(tag: Token.TagToken) {
        out += `<${[tag.tagName, ...tag.attrs.map(({ name, value }) => `${name}=${JSON.stringify(value)}`)].join(' ')}>`;
        tokenizer.lastStartTagName = tag.tagName;
        const mode = Object.hasOwn(modes, tag.tagName) ? modes[tag.tagName] : undefined;
        if (mode !== undefined) tokenizer.state = mode;
      },
      onEndTag: (tag: Token.TagToken) => void (out += `</${tag.tagName}>`),
      onCharacter: ({ chars }: Token.CharacterToken) => void (out += chars),
      onWhitespaceCharacter: ({ chars }: Token.CharacterToken) => void (out += chars),
    },
  );
  tokenizer.write(html.replace(/^\uFEFF/, ''), true);
  return out;
}
