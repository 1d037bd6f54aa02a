import { attributeOf, mainOf, textOf, type SitePage } from '../site.ts';

/** What a program may break in two at the end of a line, as a share of all words. */
const tolerance = 0.02;
/**
 * So many neighbouring words, in this order nowhere on the screen, are a lost sentence and no line
 * break or number put in between.
 */
const longestGap = 8;

/**
 * Words of a page's main text that a program does not show, or not next to their neighbours.
 * @param shown all text that it shows
 * @param passOver elements that it may leave out apart from the usual
 * @returns what is wrong, to come after the name of the page; undefined if (nearly) all words are
 *   there
 */
export function findLostWords(
  page: SitePage,
  shown: string,
  passOver: readonly string[] = [],
): string | undefined {
  const main = mainOf(page);
  const words = wordsOf(
    main
      ? textOf(main, (element) => passOver.includes(element.tagName) || isSetAside(element))
      : '',
  );
  const seen = wordsOf(shown);
  const known = new Set(seen);
  const lost = [...new Set(words)].filter((word) => !known.has(word));
  if (lost.length > words.length * tolerance)
    return `shows ${words.length - lost.length} of ${words.length} words; lost are ${lost.slice(0, 6).join(', ')}`;
  const gap = findGap(words, new Set(pairsOf(seen)));
  return gap === undefined ? undefined : `does not show "${gap}"`;
}

/**
 * The first stretch of neighbours of which no pair is shown: its words may well be elsewhere.
 */
function findGap(words: readonly string[], known: ReadonlySet<string>): string | undefined {
  let length = 0;
  for (const [index, pair] of pairsOf(words).entries()) {
    length = known.has(pair) ? 0 : length + 1;
    if (length === longestGap) return words.slice(index - length + 1, index + 2).join(' ');
  }
  return undefined;
}

const pairsOf = (words: readonly string[]): string[] =>
  words.slice(1).map((word, index) => `${words[index]} ${word}`);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Text that may rightly be left out: what is folded away, and labels within a drawing, which stand
 * in its table again.
 */
function isSetAside(element: SitePage['elements'][number]): boolean {
  const above = element.parentNode;
  const folded =
    above !== null &&
    'tagName' in above &&
    above.tagName === 'details' &&
    attributeOf(above, 'open') === undefined;
  return element.tagName === 'svg' || (folded && element.tagName !== 'summary');
}
