import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import {
  compareNumbers,
  localeIn,
  type SpokenText,
} from '../../../campaign/text/compare-numbers.ts';
import { diffLists } from '../../../kit/core/text/numerals.ts';
import { isInside, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts, isReference } from '../page-text.ts';

/** What the translations of a text must agree in, by what it is called in messages. */
interface Substance {
  lists: Record<string, string[]>;
  words: SpokenText;
}

/**
 * Checks that the translations of a page lead to the same places, warn of the same things and hold
 * the same numbers (invariant 6). A changed account, figure or link in one language is what a
 * hostile or careless translation would hide.
 */
export function checkTranslations(dist: Dist): void {
  // Not the copies that are shown where a translation is missing.
  const own = dist.pages.filter(({ source, language }) => source?.split('/')[1] === language);
  const groups = Map.groupBy(own, ({ source = '' }) =>
    source.replace(/^([^/]+)\/[^/]+\//, '$1/').replace(/\.mdx?$/, ''),
  );
  for (const pages of groups.values()) {
    const isMain = ({ source = '' }: BuiltPage) => source.split('/')[1] === dist.site.main;
    const [first, ...others] = [...pages].sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
    if (!first) continue;
    const substance = measure(first, dist);
    for (const other of others) compare(dist, first, substance, other, measure(other, dist));
  }
}

function measure(page: BuiltPage, { site }: Dist): Substance {
  const text = page.elements.find((element) => hasMark(element, 'data-source'));
  const inText = (element: Tree.Element) => isInside(element, (above) => above === text);
  const within = page.elements.filter(inText);
  const links = within
    .filter((element) => element.tagName === 'a' && !isReference(element))
    .map((element) => page.links.get(element))
    .flatMap((link) => {
      if (link?.kind === 'outside') return [link.address];
      return link?.kind === 'inside' ? [link.path.replace(/^[^/]+\//, '')] : [];
    });
  const lists = {
    links: unique(links),
    warnings: within.flatMap((element) => markOf(element, 'data-notice') ?? []).sort(),
    images: within.filter(({ tagName }) => tagName === 'img').map(() => 'image'),
    records: within.flatMap((element) => markOf(element, 'data-shown') ?? []).sort(),
  };
  const words = text ? collectTexts(text, isNotOfText).join(' | ') : '';
  return { lists, words: { text: words, locale: localeIn(site, page.language) } };
}

/**
 * Numbers of sources are the engine's, and so are those of records: their own texts are compared.
 */
const isNotOfText = (element: Tree.Element): boolean =>
  isReference(element) || hasMark(element, 'data-shown');

const unique = (items: string[]) => [...new Set(items)].sort();

function compare(
  dist: Dist,
  a: BuiltPage,
  substanceA: Substance,
  b: BuiltPage,
  substanceB: Substance,
): void {
  const differences = [
    ...Object.entries(substanceA.lists).map(
      ([name, list]) => [name, diffLists(list, substanceB.lists[name] ?? [])] as const,
    ),
    ['numbers', compareNumbers(substanceA.words, substanceB.words, { counted: true })] as const,
  ];
  for (const [name, { onlyA, onlyB }] of differences) {
    if (onlyA.length + onlyB.length === 0) continue;
    const say = (only: string[]) => only.join(', ') || 'none more';
    dist.faults.push({
      file: b.source ?? b.path,
      found: `${name} that differ: ${a.source} has ${say(onlyA)}; this one has ${say(onlyB)}`,
      expected: `the same ${name} in all languages of a page`,
      fix:
        'compare the two with the source, and fix the wrong one' +
        (name === 'numbers' ? '; write a number in digits in both, or in words in both' : ''),
    });
  }
}
