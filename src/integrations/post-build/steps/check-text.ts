import { escapeInvisible, findUnsafeText } from '../../../kit/text/unsafe-text.ts';
import { attributeOf } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts } from '../page-text.ts';

/**
 * Checks all words of all pages for contacts, accounts, look-alikes and hidden characters, except
 * in records.
 */
export function checkText(dist: Dist): void {
  const seen = new Set<string>();
  for (const page of dist.pages) {
    const body = page.elements.find(({ tagName }) => tagName === 'body');
    if (!body) continue;
    const texts = collectTexts(body, (element) => hasMark(element, 'data-record'));
    const attributes = page.elements.flatMap((element) =>
      ['alt', 'title', 'content', 'aria-label'].map((name) => attributeOf(element, name) ?? ''),
    );
    const strings = page.elements.flatMap((element) =>
      collectStrings(JSON.parse(markOf(element, 'data-strings') ?? 'null')),
    );
    for (const text of [...texts, ...attributes, ...strings]) {
      for (const { what, match, why } of findUnsafeText(text)) {
        if (seen.has(match)) continue; // the same text is in lists, too: one fault says it
        seen.add(match);
        dist.faults.push({
          ...findOrigin(page, match),
          found: `${what}: ${escapeInvisible(match)}`,
          expected: `none in a text: ${why}`,
          fix: 'take it out, or describe it in words',
        });
      }
    }
  }
}

/** All strings of the search box, as they will be shown: line ends become spaces. */
function collectStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/\s+/g, ' ')];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(collectStrings)
    : [];
}
