import { attributeOf, mainOf, textOf, type Page } from '../site.ts';

/** What a program may break in two at the end of a line, or a drawing's font not tell. */
const tolerance = 0.02;

/**
 * Words of a page's main text that a program does not show.
 * @param shown all text that it shows
 * @param passOver elements that it may leave out besides the usual
 * @returns what is wrong, to stand after the name of the page; undefined if (nearly) all words are there
 */
export function findLostWords(page: Page, shown: string, passOver: readonly string[] = []): string | undefined {
  const main = mainOf(page);
  const words = wordsOf(main ? textOf(main, (element) => passOver.includes(element.tagName) || isSetAside(element)) : '');
  const seen = new Set(wordsOf(shown.toLowerCase()));
  const lost = [...new Set(words)].filter((word) => !seen.has(word.toLowerCase()));
  if (words.length > 0 && lost.length <= words.length * tolerance) return undefined;
  return `shows ${words.length - lost.length} of ${words.length} words; lost are ${lost.slice(0, 6).join(', ')}`;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Text that may rightly be left out: what is folded away, and labels within a drawing, which stand in its table again. */
function isSetAside(element: Page['elements'][number]): boolean {
  const above = element.parentNode;
  const folded = above !== null && 'tagName' in above && above.tagName === 'details' && attributeOf(above, 'open') === undefined;
  return element.tagName === 'svg' || (folded && element.tagName !== 'summary');
}
