import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { diffLists, listNumerals } from '../../../kit/core/text/numerals.ts';
import { isInside, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts, isReference } from '../page-text.ts';

/** What the translations of a text must agree in, by what it is called in messages. */
type Substance = Record<string, string[]>;

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
    const substance = measure(first);
    for (const other of others) compare(dist, first, substance, other, measure(other));
  }
}

function measure(page: BuiltPage): Substance {
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
  return {
    links: unique(links),
    warnings: within.flatMap((element) => markOf(element, 'data-notice') ?? []).sort(),
    images: within.filter(({ tagName }) => tagName === 'img').map(() => 'image'),
    records: within.flatMap((element) => markOf(element, 'data-shown') ?? []).sort(),
    numbers: text ? listNumerals(collectTexts(text, isReference).join(' | ')).sort() : [],
  };
}

const unique = (items: string[]) => [...new Set(items)].sort();

function compare(
  dist: Dist,
  a: BuiltPage,
  substanceA: Substance,
  b: BuiltPage,
  substanceB: Substance,
): void {
  for (const [name, listA] of Object.entries(substanceA)) {
    const { onlyA, onlyB } = diffLists(listA, substanceB[name] ?? []);
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
