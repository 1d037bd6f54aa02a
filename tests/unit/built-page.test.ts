import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  attributeOf,
  isInside,
  parsePage,
  placeOf,
  removeAttribute,
  setAttribute,
  type BuiltPage,
  type Edit,
} from '../../src/integrations/post-build/built-page.ts';

const elementOf = (page: BuiltPage, tagName: string) => {
  const element = page.elements.find((candidate) => candidate.tagName === tagName);
  if (!element) throw new Error(`no <${tagName}>`);
  return element;
};

describe('applyEdits', () => {
  const apply = (html: string, ...edits: Edit[]) =>
    applyEdits({ ...parsePage('en/index.html', ''), html, edits });

  it.each([
    [
      'two changes of the same place',
      { start: 2, end: 4, text: 'x' },
      { start: 2, end: 4, text: 'x' },
    ],
    ['a change inside another', { start: 1, end: 6, text: 'x' }, { start: 2, end: 4, text: 'y' }],
    [
      'a change that reaches into the next',
      { start: 1, end: 4, text: 'x' },
      { start: 3, end: 6, text: 'y' },
    ],
    ['changes that begin alike', { start: 1, end: 3, text: 'x' }, { start: 1, end: 6, text: 'y' }],
    ['changes that end alike', { start: 1, end: 6, text: 'x' }, { start: 4, end: 6, text: 'y' }],
    [
      'an insertion into a change',
      { start: 1, end: 6, text: 'x' },
      { start: 3, end: 3, text: 'y' },
    ],
  ])('throws on %s, in whatever order they come', (_, a, b) => {
    expect(() => apply('01234567', a, b)).toThrow('en/index.html: two steps edit the same place: ');
    expect(() => apply('01234567', b, a)).toThrow('en/index.html: two steps edit the same place: ');
  });

  it('says which place two steps want', () => {
    expect(() =>
      apply('<a href="x">', { start: 3, end: 11, text: '' }, { start: 3, end: 11, text: 'y' }),
    ).toThrow(new Error('en/index.html: two steps edit the same place: href="x"'));
  });

  it.each([
    ['nothing', '0123', [], '0123'],
    ['a change at the beginning', '0123', [{ start: 0, end: 1, text: 'x' }], 'x123'],
    ['a change at the end', '0123', [{ start: 3, end: 4, text: 'x' }], '012x'],
    ['a change of everything', '0123', [{ start: 0, end: 4, text: '' }], ''],
    ['an insertion into an empty page', '', [{ start: 0, end: 0, text: 'x' }], 'x'],
    ['an insertion at the end', '0123', [{ start: 4, end: 4, text: 'x' }], '0123x'],
    [
      'changes in another order than that of the text',
      '01234567',
      [
        { start: 5, end: 6, text: 'long' },
        { start: 1, end: 3, text: '' },
      ],
      '034long67',
    ],
    [
      'changes side by side',
      '0123',
      [
        { start: 2, end: 4, text: 'y' },
        { start: 0, end: 2, text: 'x' },
      ],
      'xy',
    ],
    [
      'an insertion before a change',
      '0123',
      [
        { start: 1, end: 2, text: 'x' },
        { start: 1, end: 1, text: 'y' },
      ],
      '0yx23',
    ],
    [
      'an insertion after a change',
      '0123',
      [
        { start: 2, end: 2, text: 'y' },
        { start: 1, end: 2, text: 'x' },
      ],
      '0xy23',
    ],
    [
      'insertions at one place in the order in which they came',
      '0123',
      [
        { start: 2, end: 2, text: 'x' },
        { start: 2, end: 2, text: 'y' },
      ],
      '01xy23',
    ],
    ['a change that is as long as before', '0123', [{ start: 1, end: 3, text: '21' }], '0213'],
    ['signs of replacement as they are', '0123', [{ start: 1, end: 2, text: '$& $1' }], '0$& $123'],
    ['a change after letters of two units', '👩é0', [{ start: 3, end: 4, text: 'x' }], '👩éx'],
  ])('makes %s', (_, html, edits: Edit[], expected) => {
    expect(apply(html, ...edits)).toBe(expected);
  });

  it('leaves the edits in their order', () => {
    const page = {
      ...parsePage('a.html', ''),
      html: '0123',
      edits: [
        { start: 2, end: 3, text: 'b' },
        { start: 0, end: 1, text: 'a' },
      ],
    };
    applyEdits(page);
    expect(page.edits.map(({ text }) => text)).toEqual(['b', 'a']);
  });
});

describe('parsePage', () => {
  it('knows neither language nor source of a page that names none', () => {
    const page = parsePage('404.html', '<p>Gone</p>');
    expect(page).toMatchObject({
      path: '404.html',
      html: '<p>Gone</p>',
      language: '',
      source: undefined,
      edits: [],
    });
  });

  it('reads elements in the order of the text, with those of templates, and ids, language and source', () => {
    const page = parsePage(
      'en/a.html',
      '<!doctype html><html lang="en-GB"><head><title>T</title></head><body><main data-source="guides/en/a.mdx" id="m"><p id="é">a</p><template><b id="t">b</b></template></main><p lang="fr" data-source="other">c</p></body></html>',
    );
    expect(page.elements.map(({ tagName }) => tagName)).toEqual([
      'html',
      'head',
      'title',
      'body',
      'main',
      'p',
      'template',
      'b',
      'p',
    ]);
    expect([...page.ids].sort()).toEqual(['m', 't', 'é']);
    expect(page.language).toBe('en-GB');
    expect(page.source).toBe('guides/en/a.mdx');
  });
});

describe('attributeOf', () => {
  it.each([
    ['an attribute that is not there', 'rel', undefined],
    ['an attribute without a value', 'hidden', ''],
    ['a value with entities, decoded', 'href', 'a?b&c"d'],
  ])('reads %s', (_, name, expected) => {
    const page = parsePage('a.html', '<a href="a?b&amp;c&quot;d" hidden>x</a>');
    expect(attributeOf(elementOf(page, 'a'), name)).toBe(expected);
  });
});

describe('an attribute of another name space', () => {
  const html = '<svg><a xlink:href="x">y</a></svg>';
  const page = parsePage('a.html', html);
  const element = elementOf(page, 'a');

  it('does not pass for one without', () => {
    expect(attributeOf(element, 'href')).toBeUndefined();
    expect(element.attrs.map(({ name }) => name)).toEqual(['xlink:href']);
  });

  it('is read and placed by the name that stands in the text', () => {
    expect(attributeOf(element, 'xlink:href')).toBe('x');
    const { start, end } = placeOf(element, 'xlink:href');
    expect(html.slice(start, end)).toBe('xlink:href="x"');
  });
});

describe('isInside', () => {
  const page = parsePage('a.html', '<main><section><p>a</p></section></main><footer></footer>');

  it.each([
    ['not one next to it', 'footer', false],
    ['not one below it', 'b', false],
    ['itself', 'p', true],
    ['one directly above', 'section', true],
    ['one far above', 'html', true],
  ])('finds among an element and those above it %s', (_, tagName, expected) => {
    expect(isInside(elementOf(page, 'p'), (element) => element.tagName === tagName)).toBe(expected);
  });
});

describe('placeOf', () => {
  it('throws on an attribute that is not in the text', () => {
    const page = parsePage('a.html', '<a href="x">y</a>');
    expect(() => placeOf(elementOf(page, 'a'), 'rel')).toThrow(
      new Error('the attribute "rel" of <a> has no place in the text'),
    );
  });

  it('throws on an element that the parser has added', () => {
    const page = parsePage('a.html', '<p>x</p>');
    expect(() => placeOf(elementOf(page, 'body'), 'class')).toThrow(
      '<body> has no place in the text',
    );
  });

  it.each([
    ['double quotes', '<a class="b" href="x y">z</a>', 'href="x y"'],
    ['single quotes', "<a class='b' href='x y'>z</a>", "href='x y'"],
    ['no quotes', '<a class=b href=x>z</a>', 'href=x'],
    ['capitals', '<A HREF="x">z</A>', 'HREF="x"'],
    ['an attribute of a similar name before it', '<a data-href="w" href="x">z</a>', 'href="x"'],
  ])('finds an attribute with %s', (_, html, expected) => {
    const { start, end } = placeOf(elementOf(parsePage('a.html', html), 'a'), 'href');
    expect(html.slice(start, end)).toBe(expected);
  });
});

describe('setAttribute and removeAttribute', () => {
  it.each([
    ['a plain value', 'b.html', '<a class="c" href="b.html">x</a>'],
    ['an ampersand', 'a&b&amp;c', '<a class="c" href="a&amp;b&amp;amp;c">x</a>'],
    ['a quote', 'a" onclick="b', '<a class="c" href="a&quot; onclick=&quot;b">x</a>'],
    ['nothing', '', '<a class="c" href="">x</a>'],
  ])('sets %s', (_, value, expected) => {
    const page = parsePage('a.html', '<a class="c" href=\'old\'>x</a>');
    setAttribute(page, elementOf(page, 'a'), 'href', value);
    expect(applyEdits(page)).toBe(expected);
    expect(attributeOf(elementOf(parsePage('a.html', applyEdits(page)), 'a'), 'href')).toBe(value);
  });

  it.each([
    ['the only one', '<a href="x">y</a>', ['href'], '<a>y</a>'],
    ['the first', '<a href="x" rel="z">y</a>', ['href'], '<a rel="z">y</a>'],
    ['the last', '<a rel="z" href="x">y</a>', ['href'], '<a rel="z">y</a>'],
    ['two side by side', '<a href="x" rel="z">y</a>', ['rel', 'href'], '<a>y</a>'],
    ['one after a line break', '<a\nhref="x"\nrel="z">y</a>', ['href'], '<a\nrel="z">y</a>'],
  ])('takes out %s', (_, html, names, expected) => {
    const page = parsePage('a.html', html);
    for (const name of names) removeAttribute(page, elementOf(page, 'a'), name);
    expect(applyEdits(page)).toBe(expected);
  });

  it('takes one out and sets the one next to it', () => {
    const page = parsePage('a.html', '<a href="x" rel="z">y</a>');
    removeAttribute(page, elementOf(page, 'a'), 'rel');
    setAttribute(page, elementOf(page, 'a'), 'href', 'w');
    expect(applyEdits(page)).toBe('<a href="w">y</a>');
  });

  it('throws where one attribute is both taken out and set', () => {
    const page = parsePage('a.html', '<a href="x">y</a>');
    setAttribute(page, elementOf(page, 'a'), 'href', 'w');
    removeAttribute(page, elementOf(page, 'a'), 'href');
    expect(() => applyEdits(page)).toThrow('two steps edit the same place');
  });

  it.each([
    ['before it', '<a rel="z"href="x">y</a>', '<a rel="z">y</a>'],
    ['after it', '<a href="x"rel="z">y</a>', '<a rel="z">y</a>'],
    ['before or after it', '<a class="w"href="x"rel="z">y</a>', '<a class="w"rel="z">y</a>'],
  ])('takes out an attribute without a space %s', (_, html, expected) => {
    const page = parsePage('a.html', html);
    removeAttribute(page, elementOf(page, 'a'), 'href');
    expect(applyEdits(page)).toBe(expected);
  });
});
