import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attributeOf, listElements } from './built-page.ts';
import { collectTexts } from './page-text.ts';

const mostOfASentence = 160;

/**
 * What a result of the search says before any words of a page, so that an excerpt never stands without its warning: the signs under
 * the title that are no all-clear (archived, dangerous, banned), and the first sentence of the first warning.
 * An excerpt is some twenty words, and those of a dangerous action read like advice.
 * @returns an empty text where there is nothing to warn of
 */
export function findSearchWarning(main: Tree.Element, locale: string): string {
  const elements = listElements(main);
  const facts = elements.find((element) => hasClass(element, 'facts') && element.tagName === 'div');
  const signs = (facts ? listElements(facts) : [])
    .filter((element) => hasClass(element, 'state') && !hasClass(element, 'live'))
    .map((element) => collectTexts(element).join(' '));
  const warning = elements.find(
    (element) => hasClass(element, 'warning') && hasClass(element, 'notice'),
  );
  return [
    ...signs,
    ...(warning ? [firstSentence(collectTexts(warning).join(' '), locale)] : []),
  ].join(' · ');
}

function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter([locale, 'en'], { granularity: 'sentence' }).segment(text);
  const sentence = first?.segment.trim() ?? '';
  return sentence.length <= mostOfASentence
    ? sentence
    : `${sentence.slice(0, sentence.lastIndexOf(' ', mostOfASentence))} …`;
}

const hasClass = (element: Tree.Element, name: string): boolean =>
  (attributeOf(element, 'class') ?? '').split(' ').includes(name);
