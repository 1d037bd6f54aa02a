import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import {
  compareNumbers,
  localeIn,
  type SpokenText,
} from '../../../campaign/text/compare-numbers.ts';
import { diffLists } from '../../../kit/core/text/plain-characters.ts';
import { attributeOf, isInside, type BuiltPage } from '../built-page.ts';
import { decode } from '../../../lib/resolve-link.ts';
import type { Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts, isReference } from '../page-text.ts';

/** What the translations of a text must agree in, by what it is called in messages. */
interface Substance {
  lists: Record<string, string[]>;
  places: readonly Place[];
  words: SpokenText;
}

/**
 * Checks that the translations of a page lead to the same places, warn of the same things and hold
 * the same numbers (invariant 6). A changed account, figure or link in one language is what a
 * hostile or careless translation would hide.
 */
export function checkTranslations(dist: Dist): void {
  const headings = new Map(dist.pages.map((page) => [page.path, listHeadings(page)]));
  // Not the copies that are shown where a translation is missing.
  const own = dist.pages.filter(({ source, language }) => source?.split('/')[1] === language);
  const groups = Map.groupBy(own, ({ source = '' }) =>
    source.replace(/^([^/]+)\/[^/]+\//, '$1/').replace(/\.mdx?$/, ''),
  );
  for (const pages of groups.values()) {
    const isMain = ({ source = '' }: BuiltPage) => source.split('/')[1] === dist.site.main;
    const [first, ...others] = [...pages].sort((a, b) => Number(isMain(b)) - Number(isMain(a)));
    if (!first) continue;
    const substance = measure(first, dist, headings);
    for (const other of others)
      compare(dist, first, substance, other, measure(other, dist, headings));
  }
}

/** A place to which a text leads. */
interface Place {
  /** Its page, without the language, and how many headings the text of that page has. */
  readonly page: string;
  /** Which of these headings it is: "heading 2", "its beginning"; the id of anything else. */
  readonly name: string;
}

/** The ids of the headings of the text on a page, in their order. */
const listHeadings = (page: BuiltPage): string[] =>
  page.elements
    .filter(
      (element) =>
        /^h[2-6]$/.test(element.tagName) &&
        isInside(element, (above) => hasMark(above, 'data-source')),
    )
    .flatMap((element) => attributeOf(element, 'id') ?? []);

/**
 * Names a place by the number of its heading, since its id is made of the words of a language.
 * Attack: a translator links the warning about one thing where the advice on another is.
 */
function namePlace(path: string, fragment: string, headings: readonly string[]): Place {
  const id = decode(fragment.slice(1)) ?? fragment;
  const at = headings.indexOf(id);
  return {
    page: `${path.replace(/^[^/]+\//, '')} (${headings.length} headings)`,
    name: id === '' ? 'its beginning' : at < 0 ? `#${id}` : `heading ${at + 1}`,
  };
}

/**
 * Places as lists, as far as both texts lead to pages with as many headings: one that follows an
 * older version may have others.
 */
function comparePlaces(
  a: readonly Place[],
  b: readonly Place[],
): { onlyA: string[]; onlyB: string[] } {
  const keep = (places: readonly Place[], others: readonly Place[]) =>
    unique(
      places
        .filter(({ page }) => others.some((other) => other.page === page))
        .map(({ page, name }) => `${name} of ${page.replace(/ \(.*/, '')}`),
    );
  return diffLists(keep(a, b), keep(b, a));
}

function measure(
  page: BuiltPage,
  { site }: Dist,
  headings: ReadonlyMap<string, readonly string[]>,
): Substance {
  const text = page.elements.find((element) => hasMark(element, 'data-source'));
  const inText = (element: Tree.Element) => isInside(element, (above) => above === text);
  const within = page.elements.filter(inText);
  const verdicts = within
    .filter((element) => element.tagName === 'a' && !isReference(element))
    .map((element) => page.links.get(element));
  const links = verdicts.flatMap((link) => {
    if (link?.kind === 'outside') return [link.address];
    return link?.kind === 'inside' ? [link.path.replace(/^[^/]+\//, '')] : [];
  });
  const places = verdicts.flatMap((link) =>
    link?.kind === 'inside'
      ? [namePlace(link.path, link.fragment, headings.get(link.path) ?? [])]
      : [],
  );
  const lists = {
    links: unique(links),
    warnings: within.flatMap((element) => markOf(element, 'data-notice') ?? []).sort(),
    images: within.filter(({ tagName }) => tagName === 'img').map(() => 'image'),
    records: within.flatMap((element) => markOf(element, 'data-shown') ?? []).sort(),
  };
  const words = text ? collectTexts(text, isNotOfText).join(' | ') : '';
  return { lists, places, words: { text: words, locale: localeIn(site, page.language) } };
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
    ['places', comparePlaces(substanceA.places, substanceB.places)] as const,
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
