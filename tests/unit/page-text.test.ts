import { describe, expect, it } from 'vitest';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import { hasMark } from '../../src/integrations/post-build/marks.ts';
import { collectTexts } from '../../src/integrations/post-build/page-text.ts';

const bodyOf = (html: string) => {
  const body = parsePage('a.html', html).elements.find(({ tagName }) => tagName === 'body');
  if (!body) throw new Error('no <body>');
  return body;
};
const textsOf = (html: string) => collectTexts(bodyOf(html));
const textsWithoutRecords = (html: string) =>
  collectTexts(bodyOf(html), (element) => hasMark(element, 'data-record'));

describe('collectTexts', () => {
  it.each([
    ['an empty body', ''],
    ['empty elements', '<p></p><div> \n\t</div>'],
    ['a comment', '<p><!-- 123 --></p>'],
    ['a script', '<script>const a = "123";</script>'],
    ['a style', '<style>p { color: red }</style>'],
    ['a template', '<template><p>hidden</p></template>'],
    ['attributes', '<img alt="a leaf" title="b"><p title="c"></p>'],
  ])('finds no text in %s', (_, html) => {
    expect(textsOf(html)).toEqual([]);
  });

  it.each([
    ['emphasis', '<p>+375 <b>29</b> 123<i>45</i>67</p>', ['+375 29 1234567']],
    ['a link', '<p>some<a href="x">one@</a>example.org</p>', ['someone@example.org']],
    ['elements in one another', '<p>1<span>2<em>3</em></span>4</p>', ['1234']],
    ['a comment', '<p>12<!-- x -->34</p>', ['1234']],
    ['a place where a line may break', '<p>12<wbr>34</p>', ['1234']],
    ['an unseen script', '<p>12<script>x</script>34</p>', ['1234']],
    ['entities', '<p>a&#64;b&period;c</p>', ['a@b.c']],
  ])('keeps together what is split by %s', (_, html, expected) => {
    expect(textsOf(html)).toEqual(expected);
  });

  it.each([
    ['paragraphs', '<p>12</p><p>34</p>', ['12', '34']],
    ['items of a list', '<ul><li>12</li><li>34</li></ul>', ['12', '34']],
    [
      'cells of a table',
      '<table><tr><th>2021</th><td>869</td><td>1</td></tr></table>',
      ['2021', '869', '1'],
    ],
    ['terms and descriptions', '<dl><dt>a</dt><dd>b</dd></dl>', ['a', 'b']],
    ['line breaks', '<p>12<br>34</p>', ['12', '34']],
    ['a block in the middle of a text', '<div>a<p>b</p>c</div>', ['a', 'b', 'c']],
    ['a block in an inline element', '<span>a<div>b</div>c</span>', ['a', 'b', 'c']],
    ['a summary and its details', '<details><summary>a</summary>b</details>', ['a', 'b']],
    ['a picture and its caption', '<figure>a<figcaption>b</figcaption></figure>', ['a', 'b']],
    ['words of a drawing', '<svg><text>10</text><text>20</text></svg>', ['10', '20']],
    ['buttons', '<button>a</button><button>b</button>', ['a', 'b']],
    ['words with a rule between', '<div>12<hr>34</div>', ['12', '34']],
    ['addresses', '<address>12</address><address>34</address>', ['12', '34']],
    ['forms', '<form>12</form><form>34</form>', ['12', '34']],
  ])('keeps apart %s', (_, html, expected) => {
    expect(textsOf(html)).toEqual(expected);
  });

  it.each([
    ['spaces, tabs and line breaks into one space', '<p>  a \n\t b\n</p>', ['a b']],
    ['spaces around tags into one space', '<p>a <b> b</b></p>', ['a b']],
    ['no no-break space', '<p>8&nbsp;400 a&#x202F;!</p>', ['8\u00A0400 a\u202F!']],
    ['no zero-width space', '<p>a&#x200B;b</p>', ['a\u200Bb']],
  ])('joins %s', (_, html, expected) => {
    expect(textsOf(html)).toEqual(expected);
  });

  it.each([
    [
      'a skipped element and all in it',
      '<p>a</p><div data-record><p>someone@example.org</p></div><p>b</p>',
      ['a', 'b'],
    ],
    [
      'a skipped element in a text',
      '<p>Write to <a data-record>x@y.z</a> today</p>',
      ['Write to today'],
    ],
    [
      'a skipped block, which still parts its neighbours',
      '<div>12<p data-record>x</p>34</div>',
      ['12', '34'],
    ],
    [
      'a skipped line break, which still parts its neighbours',
      '<p>12<br data-record>34</p>',
      ['12', '34'],
    ],
  ])('leaves out %s', (_, html, expected) => {
    expect(textsWithoutRecords(html)).toEqual(expected);
  });

  it('reads skipped elements where nothing says to skip', () => {
    expect(textsOf('<p data-record>a</p>')).toEqual(['a']);
  });

  it('does not ask about the element itself', () => {
    expect(collectTexts(bodyOf('<p>a</p>'), (element) => element.tagName === 'body')).toEqual([
      'a',
    ]);
  });
});
