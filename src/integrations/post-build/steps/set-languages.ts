import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Site } from '../../../campaign/schema/site.ts';
import { manyLanguages } from '../../../lib/localized-text.ts';
import { attributeOf, placeOf, removeAttribute, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { markOf, type MarkName } from '../marks.ts';
import { collectTexts } from '../page-text.ts';

type Direction = 'ltr' | 'rtl';
/** What the words around an element are read as. */
interface Context {
  language: string;
  direction: Direction;
}

/** Scripts that are written from right to left (Unicode, Bidi_Class R and AL). */
const rightToLeft = 'Arab Hebr Syrc Thaa Nkoo Adlm Rohg Mand Samr'.split(' ');
const rightToLeftLetter = new RegExp(
  `^[${rightToLeft.map((name) => `\\p{Script=${name}}`).join('')}]`,
  'u',
);

/**
 * Sets the language and direction of all words, from the marks of those who print them: `lang`
 * where it is another language than that of the words around (WCAG 3.1.2: a voice has to know),
 * `dir` where it is another direction. An element with `dir` is isolated (HTML standard, 15.3.5),
 * so that neither its full stops nor the numbers next to it change places (UAX 9). No other place
 * of the project decides either. Comes first, since links depend on the language of their words.
 */
export function setLanguages({ pages, site }: Dist): void {
  for (const page of pages) {
    const root = page.elements.find(({ tagName }) => tagName === 'html');
    if (!root) continue;
    visit(page, site, root, {
      language: page.language,
      direction: attributeOf(root, 'dir') === 'rtl' ? 'rtl' : 'ltr',
    });
  }
}

function visit(page: BuiltPage, site: Site, parent: Tree.Element, around: Context): void {
  for (const child of parent.childNodes)
    if ('tagName' in child) visit(page, site, child, mark(page, site, child, around));
}

/** Sets the attributes of one element. Returns what its words are read as. */
function mark(page: BuiltPage, site: Site, element: Tree.Element, around: Context): Context {
  const name = (['data-words', 'data-language'] satisfies MarkName[]).find(
    (wanted) => markOf(element, wanted) !== undefined,
  );
  if (name === undefined) return around;
  const [tag = '', file] = (markOf(element, name) ?? '').split(' ');
  page.words.set(element, name === 'data-words' ? { language: tag, file } : undefined);
  const direction =
    tag === ''
      ? (directionOfName(element) ?? around.direction)
      : directionOf(tag, site, around.direction);
  const language = tag === '' ? around.language : tag;
  const added = [
    ...(language === around.language ? [] : [{ name: 'lang', value: language }]),
    ...(direction === around.direction ? [] : [{ name: 'dir', value: direction }]),
  ];
  write(page, element, name, added);
  return { language, direction };
}

/** Puts the attributes in the place of the mark, or takes out an element that says nothing else. */
function write(
  page: BuiltPage,
  element: Tree.Element,
  mark: MarkName,
  added: Tree.Element['attrs'],
): void {
  const { startTag, endTag } = element.sourceCodeLocation ?? {};
  const text = added.map(({ name, value }) => `${name}="${value}"`).join(' ');
  if (text !== '') page.edits.push({ ...placeOf(element, mark), text });
  else if (element.tagName === 'span' && element.attrs.length === 1 && startTag && endTag) {
    for (const { startOffset: start, endOffset: end } of [startTag, endTag])
      page.edits.push({ start, end, text: '' });
  } else removeAttribute(page, element, mark);
  element.attrs = [...element.attrs.filter(({ name }) => name !== mark), ...added];
}

/** The direction of a language: as the campaign says, or as its script is written. */
function directionOf(tag: string, site: Site, around: Direction): Direction {
  if (tag === manyLanguages) return around;
  const known = site.languages.find((language) => language.tag === tag)?.direction;
  if (known !== undefined) return known;
  const { script = 'Latn' } = new Intl.Locale(tag).maximize();
  return rightToLeft.includes(script) ? 'rtl' : 'ltr';
}

/** The direction of a name that has no language: that of its first letter (UAX 9, rule P2). */
function directionOfName(element: Tree.Element): Direction | undefined {
  const [letter] = /\p{L}/u.exec(collectTexts(element).join(' ')) ?? [];
  if (letter === undefined) return undefined;
  return rightToLeftLetter.test(letter) ? 'rtl' : 'ltr';
}
